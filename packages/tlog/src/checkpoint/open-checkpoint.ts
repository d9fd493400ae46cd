import { TlogError } from '../errors.ts'
import type { VerifierKey } from '../note/verifier-key.ts'
import { type VerifiedNote, verifyNote } from '../note/verify-note.ts'
import { type Checkpoint, parseCheckpoint } from './checkpoint.ts'

/** A checkpoint whose log signed it. */
export type OpenedCheckpoint = { readonly checkpoint: Checkpoint; readonly note: VerifiedNote }

/** Whose checkpoint is expected, and by which keys; witnesses' keys may be among `others`. */
export type ExpectedLog = {
  readonly origin: string
  /** The log's own keys: one of them must have signed. */
  readonly keys: readonly VerifierKey[]
  readonly others?: readonly VerifierKey[]
}

/** Verifies a signed checkpoint. Throws what `verifyNote` does, `checkpoint-malformed` and `origin-differs`. */
export async function openCheckpoint(note: string, expected: ExpectedLog): Promise<OpenedCheckpoint> {
  const { keys, others = [], origin } = expected
  const verified = await verifyNote(note, [...keys, ...others])
  if (!verified.signers.some(({ key }) => keys.includes(key))) throw new TlogError('not-signed', origin)
  const checkpoint = parseCheckpoint(verified.text)
  if (checkpoint.origin !== origin) throw new TlogError('origin-differs', checkpoint.origin)
  return { checkpoint, note: verified }
}
