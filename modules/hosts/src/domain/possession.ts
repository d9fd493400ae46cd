import { createPublicKey, hash, type KeyObject, verify } from 'node:crypto'

/**
 * The public key that an agent sends (SubjectPublicKeyInfo in DER, base64); null unless it is of P-256. The same bytes
 * come out that a certificate will hold, so that one key has one hash.
 */
export function publicKeyOf(
  base64: string,
): { readonly key: KeyObject; readonly der: Buffer; readonly hash: Buffer } | null {
  try {
    const key = createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' })
    if (key.asymmetricKeyType !== 'ec' || key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') return null
    const der = key.export({ type: 'spki', format: 'der' })
    return { key, der, hash: hash('sha256', der, 'buffer') }
  } catch {
    return null
  }
}

/** What a joining agent signs with its new key: that key, its token, and who it says that it is. */
export function joinStatement(given: {
  readonly token: string
  readonly publicKey: string
  readonly host: string
  readonly name: string
}): Buffer {
  const { token, publicKey, host, name } = given
  return Buffer.from(['hevd-agent-join-1', hash('sha256', token), publicKey, host, name].join('\n'))
}

/** What a renewing agent signs with its new key: that key, and the certificate it renews (SHA-256 of its DER, hex). */
export function renewalStatement(publicKey: string, fingerprint: string): Buffer {
  return Buffer.from(['hevd-agent-renewal-1', publicKey, fingerprint].join('\n'))
}

/** Whether a signature (ECDSA with SHA-256, DER, base64) is of a key. */
export function isSignedBy(key: KeyObject, statement: Buffer, signature: string): boolean {
  return verify('sha256', statement, key, Buffer.from(signature, 'base64'))
}
