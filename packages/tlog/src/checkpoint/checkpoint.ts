import { fromBase64, toBase64 } from '../bytes/base64.ts'
import { TlogError } from '../errors.ts'
import { hashLength } from '../merkle/hash-length.ts'

/** A tree head as it is signed (C2SP tlog-checkpoint). */
export type Checkpoint = {
  /** Which log it is of. */
  readonly origin: string
  readonly size: number
  readonly root: Uint8Array
  /** Further lines, opaque and never empty. */
  readonly extensions: readonly string[]
}

/** The text of a note as a checkpoint; of a signed note, that is `parseNote(note).text`. Throws `checkpoint-malformed`. */
export function parseCheckpoint(text: string): Checkpoint {
  const [origin = '', size = '', root = '', ...extensions] = text.slice(0, -1).split('\n')
  const malformed =
    !text.endsWith('\n') || origin === '' || !/^(0|[1-9][0-9]*)$/.test(size) || extensions.includes('')
  const bytes = malformed ? null : decodedRoot(root)
  if (bytes === null || !Number.isSafeInteger(Number(size))) throw new TlogError('checkpoint-malformed')
  return { origin, size: Number(size), root: bytes, extensions }
}

/** The text to sign: origin, size, root, extension lines, each with its newline. Throws `checkpoint-malformed`. */
export function checkpointText(
  checkpoint: Omit<Checkpoint, 'extensions'> & Partial<Pick<Checkpoint, 'extensions'>>,
): string {
  const { origin, size, root, extensions = [] } = checkpoint
  if (root.length !== hashLength) throw new TlogError('checkpoint-malformed', 'root')
  const text = `${[origin, size, toBase64(root), ...extensions].join('\n')}\n`
  if (parseCheckpoint(text).extensions.length !== extensions.length)
    throw new TlogError('checkpoint-malformed', origin)
  return text
}

function decodedRoot(encoded: string): Uint8Array | null {
  try {
    const root = fromBase64(encoded)
    return root.length === hashLength ? root : null
  } catch {
    return null
  }
}
