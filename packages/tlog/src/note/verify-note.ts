import { TlogError } from '../errors.ts'
import { type Note, type NoteSignature, parseNote } from './note.ts'
import { signatureSchemes, timestampOf } from './signature-type.ts'
import type { VerifierKey } from './verifier-key.ts'

/** A text that at least one of the given keys signed. */
export type VerifiedNote = {
  readonly text: string
  readonly signers: readonly {
    readonly key: VerifierKey
    readonly signature: NoteSignature
    /** Seconds since 1970; null for a kind that does not say when it was made. */
    readonly timestamp: number | null
  }[]
  /** Signatures by keys that were not given: kept, and worth nothing. */
  readonly unknown: readonly NoteSignature[]
}

/**
 * Verifies a note by the keys one trusts. Signatures by other keys are passed over. Throws `note-malformed`;
 * `signature-wrong` when one by a given key does not fit, whatever others do; `not-signed` when no given key signed;
 * `signature-type-unknown` for a given key that we cannot verify.
 */
export async function verifyNote(note: Note | string, keys: readonly VerifierKey[]): Promise<VerifiedNote> {
  const { text, signatures } = typeof note === 'string' ? parseNote(note) : note
  const signers: VerifiedNote['signers'][number][] = []
  const unknown: NoteSignature[] = []
  for (const signature of signatures) {
    const key = keys.find(({ name, keyHash }) => name === signature.name && keyHash === signature.keyHash)
    if (key === undefined) {
      unknown.push(signature)
      continue
    }
    const scheme = signatureSchemes.get(key.type)
    if (scheme === undefined) throw new TlogError('signature-type-unknown', key.name)
    if (!(await scheme.verify(key, text, signature.signature)))
      throw new TlogError('signature-wrong', key.name)
    if (!signers.some((signer) => signer.key === key))
      signers.push({ key, signature, timestamp: timestampOf(key, signature) })
  }
  if (signers.length === 0) throw new TlogError('not-signed')
  return { text, signers, unknown }
}
