import { type CipherKey, createCipheriv, createDecipheriv } from 'node:crypto'

/** AES-GCM (NIST SP 800-38D) and ChaCha20-Poly1305 (RFC 8439), each with a nonce of 12 bytes and a tag of 16. */
export type AeadName = 'aes-128-gcm' | 'aes-256-gcm' | 'chacha20-poly1305'

export const nonceLength = 12
const tagLength = 16
const options = { authTagLength: tagLength }

/** Nonce, ciphertext and tag, one after the other. A nonce never comes twice under a key. */
export function encrypt(
  name: AeadName,
  key: CipherKey,
  nonce: Uint8Array,
  associated: Uint8Array,
  plaintext: Uint8Array,
): Buffer {
  const cipher =
    name === 'chacha20-poly1305'
      ? createCipheriv(name, key, nonce, options)
      : createCipheriv(name, key, nonce, options)
  cipher.setAAD(associated, { plaintextLength: plaintext.length })
  const body = cipher.update(plaintext)
  cipher.final()
  return Buffer.concat([nonce, body, cipher.getAuthTag()])
}

/** What {@link encrypt} was given, or null where a bit differs, or key or associated data are others. */
export function decrypt(
  name: AeadName,
  key: CipherKey,
  sealed: Buffer,
  associated: Uint8Array,
): Buffer | null {
  if (sealed.length < nonceLength + tagLength) return null
  const nonce = sealed.subarray(0, nonceLength)
  const decipher =
    name === 'chacha20-poly1305'
      ? createDecipheriv(name, key, nonce, options)
      : createDecipheriv(name, key, nonce, options)
  decipher.setAAD(associated, { plaintextLength: sealed.length - nonceLength - tagLength })
  decipher.setAuthTag(sealed.subarray(sealed.length - tagLength))
  const plaintext = decipher.update(sealed.subarray(nonceLength, sealed.length - tagLength))
  try {
    decipher.final()
    return plaintext
  } catch {
    plaintext.fill(0)
    return null
  }
}
