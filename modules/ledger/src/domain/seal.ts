import { createCipheriv, createDecipheriv, hash } from 'node:crypto'
import { canonicalJson, type Json } from '@hevd/core'

/** Bytes of a salt and of a key. */
export const keyLength = 32
const nonceLength = 12
const tagLength = 16

/** A personal payload as it is kept: a commitment for the leaf, and the sealed opening of it. */
export type Sealed = {
  /** SHA-256 over salt and payload, hex. Without the 32-byte salt it tells nothing, not even for short names. */
  readonly commitment: string
  /** Nonce, AES-256-GCM ciphertext of salt and payload, tag. */
  readonly ciphertext: Buffer
}

/**
 * Commits to `payload` and seals its opening under the key of its person.
 *
 * @param place what the ciphertext is bound to (organisation, log, entry, field), so that it opens nowhere else
 * @param random gives that many random bytes
 */
export function seal(
  payload: Json,
  key: Buffer,
  place: readonly string[],
  random: (bytes: number) => Buffer,
): Sealed {
  const salt = random(keyLength)
  const text = Buffer.from(canonicalJson(payload), 'utf8')
  const nonce = random(nonceLength)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(bound(place))
  const body = Buffer.concat([cipher.update(Buffer.concat([salt, text])), cipher.final()])
  return { commitment: commit(salt, text), ciphertext: Buffer.concat([nonce, body, cipher.getAuthTag()]) }
}

/** The payload and whether it is the one committed to; throws when key or place are wrong or a bit was changed. */
export function open(
  sealed: Sealed,
  key: Buffer,
  place: readonly string[],
): { readonly payload: unknown; readonly committed: boolean } {
  const { ciphertext, commitment } = sealed
  const decipher = createDecipheriv('aes-256-gcm', key, ciphertext.subarray(0, nonceLength)).setAAD(
    bound(place),
  )
  decipher.setAuthTag(ciphertext.subarray(-tagLength))
  const opening = Buffer.concat([
    decipher.update(ciphertext.subarray(nonceLength, -tagLength)),
    decipher.final(),
  ])
  const text = opening.subarray(keyLength)
  return {
    payload: JSON.parse(text.toString('utf8')),
    committed: commit(opening.subarray(0, keyLength), text) === commitment,
  }
}

function commit(salt: Buffer, text: Buffer): string {
  return hash('sha256', Buffer.concat([salt, text]))
}

/** Length-prefixed, so that no two places are written alike. */
function bound(place: readonly string[]): Buffer {
  return Buffer.from(place.map((part) => `${Buffer.byteLength(part)}:${part}`).join(''), 'utf8')
}
