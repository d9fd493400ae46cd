import {
  type AddCheckpoint,
  type Checkpoint,
  equalBytes,
  formatNote,
  parseAddCheckpoint,
  parseCheckpoint,
  parseNote,
  type Signer,
  signatureLine,
  TlogError,
  type VerifierKey,
  verifyConsistency,
  verifyNote,
} from '@hevd/tlog'
import type { Answer } from './answer.ts'
import type { Seen } from './seen.ts'

export type Known = {
  /** Keys by origin of the logs that are watched. */
  readonly logs: ReadonlyMap<string, readonly VerifierKey[]>
  readonly seen: Seen
  readonly signer: Signer
}

type Shown = { readonly request: AddCheckpoint; readonly text: string; readonly checkpoint: Checkpoint }

/** Judges one request, in the order of C2SP tlog-witness. Requests for one log must come one after the other. */
export async function addCheckpoint(body: string, known: Known): Promise<Answer> {
  const shown = parse(body)
  if (shown === null) return { kind: 'malformed' }
  const { request, text, checkpoint } = shown
  const keys = known.logs.get(checkpoint.origin)
  if (keys === undefined) return { kind: 'log-unknown' }
  if (!(await isSigned(request.note, keys))) return { kind: 'key-unknown' }
  if (request.oldSize > checkpoint.size) return { kind: 'old-size-above' }
  const newest = known.seen.newest(checkpoint.origin)
  const size = newest?.size ?? 0
  if (request.oldSize !== size) return { kind: 'another-size', size }
  if (newest !== null && size === checkpoint.size && !equalBytes(newest.root, checkpoint.root))
    return { kind: 'another-root', size }
  if (!(await continues(newest, shown))) return { kind: 'proof-wrong' }
  known.seen.keep(checkpoint.origin, request.note)
  return { kind: 'cosigned', lines: signatureLine(known.signer.sign(text)) }
}

/** The log that a request is about; null when it says none. Nothing is verified. */
export function originOf(body: string): string | null {
  return parse(body)?.checkpoint.origin ?? null
}

function parse(body: string): Shown | null {
  try {
    const request = parseAddCheckpoint(body)
    const { text } = parseNote(request.note)
    return { request, text, checkpoint: parseCheckpoint(text) }
  } catch (error) {
    if (error instanceof TlogError) return null
    throw error
  }
}

/** Whether a known key signed; signatures that do not fit are passed over, as unknown ones are. */
async function isSigned(note: string, keys: readonly VerifierKey[]): Promise<boolean> {
  const { text, signatures } = parseNote(note)
  for (const signature of signatures) {
    const one = formatNote({ text, signatures: [signature] })
    if (await holds(verifyNote(one, keys))) return true
  }
  return false
}

/** An empty tree, and one of which nothing was seen, is continued by every other. */
async function continues(newest: Checkpoint | null, { request, checkpoint }: Shown): Promise<boolean> {
  if (newest === null || newest.size === 0) return request.path.length === 0
  return holds(
    verifyConsistency({
      from: newest.size,
      to: checkpoint.size,
      fromRoot: newest.root,
      toRoot: checkpoint.root,
      path: request.path,
    }),
  )
}

async function holds(check: Promise<unknown>): Promise<boolean> {
  try {
    await check
    return true
  } catch (error) {
    if (error instanceof TlogError) return false
    throw error
  }
}
