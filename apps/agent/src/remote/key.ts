import { createPrivateKey, createPublicKey, generateKeyPairSync, hash, sign } from 'node:crypto'

/** A new private key of P-256 (PKCS #8 in PEM); it never leaves the host. */
export function newKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
}

/** Its public key as the server takes it: SubjectPublicKeyInfo in DER, base64. */
export function publicKeyOf(key: string): string {
  return createPublicKey(createPrivateKey(key)).export({ type: 'spki', format: 'der' }).toString('base64')
}

/** What shows that a joining agent holds its key: who it is and by which token, signed (ECDSA with SHA-256, DER, base64). */
export function signedJoin(key: string, given: { token: string; host: string; name: string }): string {
  const { token, host, name } = given
  return signed(key, ['hevd-agent-join-1', hash('sha256', token), publicKeyOf(key), host, name])
}

/** What shows that a renewing agent holds its new key. `fingerprint` is SHA-256 of the old certificate, hex. */
export function signedRenewal(key: string, fingerprint: string): string {
  return signed(key, ['hevd-agent-renewal-1', publicKeyOf(key), fingerprint])
}

function signed(key: string, lines: readonly string[]): string {
  return sign('sha256', Buffer.from(lines.join('\n')), key).toString('base64')
}
