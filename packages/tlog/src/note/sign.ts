import { createPublicKey, hash, type KeyObject, sign } from 'node:crypto'
import { utf8 } from '../bytes/bytes.ts'
import { TlogError } from '../errors.ts'
import { isKeyName } from './key-name.ts'
import { formatNote, type NoteSignature } from './note.ts'
import { cosignedMessage, signatureTypes, timestamped } from './signature-type.ts'
import { firstFour, formatVerifierKey, keyHashInput, type VerifierKey } from './verifier-key.ts'

/** Signs the text of notes under a name. */
export type Signer = {
  readonly key: VerifierKey
  sign(text: string): NoteSignature
}

/** First four bytes of the hash of name, type and public key, as a number. */
export function keyHash(name: string, type: number, publicKey: Uint8Array): number {
  return firstFour(hash('sha256', keyHashInput(name, type, publicKey), 'buffer'))
}

/** The verifier key `name+hash+base64` of an Ed25519 public key (32 bytes), for a log unless `type` says otherwise. */
export function verifierKeyText(
  name: string,
  publicKey: Uint8Array,
  type: number = signatureTypes.ed25519,
): string {
  return formatVerifierKey({
    name,
    keyHash: keyHash(name, type, publicKey),
    type,
    publicKey: Uint8Array.from(publicKey),
  })
}

/** A log's signer: Ed25519 over the text itself. */
export function newSigner(name: string, privateKey: KeyObject): Signer {
  const key = verifierKeyOf(name, privateKey, signatureTypes.ed25519)
  return {
    key,
    sign: (text) => ({ name, keyHash: key.keyHash, signature: sign(null, utf8(text), privateKey) }),
  }
}

/**
 * A witness's signer: Ed25519 over time and text (`cosignature/v1`). `now` in milliseconds since 1970. The key must
 * serve nothing else.
 */
export function newCosigner(name: string, privateKey: KeyObject, now: () => number): Signer {
  const key = verifierKeyOf(name, privateKey, signatureTypes.cosignatureV1)
  return {
    key,
    sign(text) {
      const seconds = Math.floor(now() / 1000)
      const signature = timestamped(seconds, sign(null, utf8(cosignedMessage(seconds, text)), privateKey))
      return { name, keyHash: key.keyHash, signature }
    },
  }
}

/** The text, which ends in a newline, as a note signed by each. Throws `note-malformed`. */
export function signNote(text: string, signers: readonly Signer[]): string {
  if (!text.endsWith('\n') || signers.length === 0) throw new TlogError('note-malformed')
  return formatNote({ text, signatures: signers.map((signer) => signer.sign(text)) })
}

function verifierKeyOf(name: string, privateKey: KeyObject, type: number): VerifierKey {
  if (!isKeyName(name) || privateKey.asymmetricKeyType !== 'ed25519')
    throw new TlogError('key-malformed', name)
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' })
  const publicKey = Uint8Array.from(spki.subarray(-32))
  return { name, keyHash: keyHash(name, type, publicKey), type, publicKey }
}
