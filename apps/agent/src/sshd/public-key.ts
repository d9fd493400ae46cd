import { createHash } from 'node:crypto'

/** A plain public key as sshd accepts it in a line of authorized_keys(5). */
export type PublicKey = {
  readonly type: string
  readonly bits: number
  /** `SHA256:` and unpadded base64, as ssh-keygen prints it. */
  readonly fingerprint: string
}

const curves: Readonly<Record<string, number>> = { nistp256: 256, nistp384: 384, nistp521: 521 }
const leastRsaBits = 1024

/**
 * Reads the blob of RFC 4253 section 6.6 that belongs to a key type: RSA, DSA, ECDSA (RFC 5656), Ed25519 (RFC 8709)
 * and their security-key forms. Null for what sshd does not accept as a plain key: another type inside, a part too
 * much or too little, RSA under 1024 bits, a certificate.
 */
export function parsePublicKey(type: string, base64: string): PublicKey | null {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return null
  const blob = Buffer.from(base64, 'base64')
  const parts = partsOf(blob)
  if (parts === null || parts[0]?.toString('latin1') !== type) return null
  const bits = bitsOf(type, parts.slice(1))
  if (bits === null) return null
  const digest = createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')
  return { type, bits, fingerprint: `SHA256:${digest}` }
}

function bitsOf(type: string, parts: readonly Buffer[]): number | null {
  const [first, second] = parts
  if (first === undefined) return null
  if (type === 'ssh-ed25519') return parts.length === 1 && first.length === 32 ? 256 : null
  if (type === 'sk-ssh-ed25519@openssh.com') return parts.length === 2 && first.length === 32 ? 256 : null
  if (type === 'ssh-rsa') {
    const bits = second === undefined ? 0 : bitLength(second)
    return parts.length === 2 && bits >= leastRsaBits ? bits : null
  }
  if (type === 'ssh-dss') return parts.length === 4 ? bitLength(first) : null
  const curve = /^(?:(sk)-)?ecdsa-sha2-(nistp\d+)(?:@openssh\.com)?$/.exec(type)
  if (curve?.[2] === undefined || first.toString('latin1') !== curve[2]) return null
  const length = curve[1] === undefined ? 2 : 3
  return parts.length === length ? (curves[curve[2]] ?? null) : null
}

/** The length-prefixed strings of a blob; null unless they fill it exactly. */
function partsOf(blob: Buffer): readonly Buffer[] | null {
  const parts: Buffer[] = []
  let at = 0
  while (at < blob.length) {
    if (at + 4 > blob.length) return null
    const length = blob.readUInt32BE(at)
    if (at + 4 + length > blob.length) return null
    parts.push(blob.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  return parts
}

/** Bits of a positive number in the form of RFC 4251 `mpint`. */
function bitLength(number: Buffer): number {
  const first = number.findIndex((byte) => byte !== 0)
  return first < 0 ? 0 : (number.length - first) * 8 - Math.clz32(number[first] ?? 0) + 24
}
