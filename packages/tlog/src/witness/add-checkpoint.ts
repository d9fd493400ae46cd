import { fromBase64, toBase64 } from '../bytes/base64.ts'
import { TlogError } from '../errors.ts'
import { hashLength } from '../merkle/hash-length.ts'

/** What a log shows a witness: a signed checkpoint, and that it continues the one the witness saw last. */
export type AddCheckpoint = {
  /** Size that the witness saw last; zero when it has seen none. */
  readonly oldSize: number
  /** Consistency proof from it; empty when it is zero. */
  readonly path: readonly Uint8Array[]
  /** Signed checkpoint. */
  readonly note: string
}

/** More hashes than the proof of any tree has. */
const longestPath = 63

/** Body of `POST <witness>/add-checkpoint` (C2SP tlog-witness). */
export function addCheckpointBody({ oldSize, path, note }: AddCheckpoint): string {
  return `old ${oldSize}\n${path.map((hash) => `${toBase64(hash)}\n`).join('')}\n${note}`
}

/** The reverse. Throws `request-malformed`. */
export function parseAddCheckpoint(body: string): AddCheckpoint {
  const end = body.indexOf('\n\n')
  const [old = '', ...lines] = body.slice(0, Math.max(0, end)).split('\n')
  const size = /^old (0|[1-9][0-9]*)$/.exec(old)?.[1]
  if (size === undefined || !Number.isSafeInteger(Number(size)) || lines.length > longestPath)
    throw new TlogError('request-malformed')
  return { oldSize: Number(size), path: lines.map(hashOf), note: body.slice(end + 2) }
}

function hashOf(line: string): Uint8Array {
  try {
    const hash = fromBase64(line)
    if (hash.length === hashLength) return hash
  } catch {}
  throw new TlogError('request-malformed', line)
}
