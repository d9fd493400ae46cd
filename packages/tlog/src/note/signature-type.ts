import { concat, utf8 } from '../bytes/bytes.ts'
import type { NoteSignature } from './note.ts'
import type { VerifierKey } from './verifier-key.ts'

/** Bytes by which a signed note tells kinds of signatures apart (C2SP signed-note and tlog-cosignature). */
export const signatureTypes = { ed25519: 0x01, cosignatureV1: 0x04, mlDsa44: 0x06 } as const

/** A kind of signature that can be verified. */
export type SignatureScheme = {
  /** Length of the public key in bytes. */
  readonly keyLength: number
  /** When a signature was made, in seconds since 1970; null for a kind that does not say. */
  readonly timestamp: (signature: Uint8Array) => number | null
  readonly verify: (key: VerifierKey, text: string, signature: Uint8Array) => Promise<boolean>
}

/** The kinds we verify. ML-DSA-44 has its number, and a place here once browsers and Node both have it. */
export const signatureSchemes: ReadonlyMap<number, SignatureScheme> = new Map([
  [
    signatureTypes.ed25519,
    {
      keyLength: 32,
      timestamp: () => null,
      verify: (key: VerifierKey, text: string, signature: Uint8Array) =>
        verifyEd25519(key.publicKey, utf8(text), signature),
    },
  ],
  [
    signatureTypes.cosignatureV1,
    {
      keyLength: 32,
      timestamp: cosignedAt,
      verify: async (key: VerifierKey, text: string, signature: Uint8Array) => {
        const at = cosignedAt(signature)
        return (
          at !== null &&
          verifyEd25519(key.publicKey, utf8(cosignedMessage(at, text)), signature.subarray(timestampLength))
        )
      },
    },
  ],
])

/** What a witness signs: that it saw this checkpoint at `seconds` since 1970 (C2SP tlog-cosignature, Ed25519). */
export function cosignedMessage(seconds: number, text: string): string {
  return `cosignature/v1\ntime ${seconds}\n${text}`
}

/** A cosignature: the time before the signature itself. */
export function timestamped(seconds: number, signature: Uint8Array): Uint8Array<ArrayBuffer> {
  const time = new Uint8Array(timestampLength)
  new DataView(time.buffer).setBigUint64(0, BigInt(seconds))
  return concat(time, signature)
}

/** When a cosignature of a verified note was made, in seconds since 1970; null for other kinds of signatures. */
export function timestampOf(key: VerifierKey, { signature }: NoteSignature): number | null {
  return signatureSchemes.get(key.type)?.timestamp(signature) ?? null
}

const timestampLength = 8

function cosignedAt(signature: Uint8Array): number | null {
  if (signature.length < timestampLength) return null
  const seconds = new DataView(concat(signature).buffer).getBigUint64(0)
  return seconds <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(seconds) : null
}

async function verifyEd25519(
  publicKey: Uint8Array<ArrayBuffer>,
  message: Uint8Array<ArrayBuffer>,
  signature: Uint8Array,
): Promise<boolean> {
  const key = await crypto.subtle.importKey('raw', publicKey, 'Ed25519', false, ['verify'])
  return crypto.subtle.verify('Ed25519', key, concat(signature), message)
}
