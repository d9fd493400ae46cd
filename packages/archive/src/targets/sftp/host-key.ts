import { createHash } from 'node:crypto'

/** `SHA256:…` as OpenSSH shows it. @param key the public key in the form of RFC 4253, section 6.6 */
export function fingerprintOf(key: Uint8Array): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`
}
