import { createHmac, type KeyObject } from 'node:crypto'

/**
 * A term of a blind index: `i<key version>:<base64url>`, the first `bits` of HMAC-SHA-512 under the column's index key
 * over the tenant, after its length in four bytes, and the value's bytes. Equal values of one tenant have equal terms.
 */
export function indexTerm(
  key: { readonly version: number; readonly secret: KeyObject },
  tenant: string,
  value: Buffer,
  bits: number,
): string {
  const mac = createHmac('sha512', key.secret).update(tenantPrefix(tenant)).update(value).digest()
  const length = Math.ceil(bits / 8)
  const spare = length * 8 - bits
  if (spare > 0) mac.writeUInt8(mac.readUInt8(length - 1) & (0xff << spare) & 0xff, length - 1)
  return `i${key.version}:${mac.toString('base64url', 0, length)}`
}

let last: { readonly tenant: string; readonly bytes: Buffer } = { tenant: '', bytes: Buffer.alloc(4) }

function tenantPrefix(tenant: string): Buffer {
  if (last.tenant !== tenant) {
    const text = Buffer.from(tenant, 'utf8')
    const bytes = Buffer.allocUnsafe(4 + text.length)
    bytes.writeUInt32BE(text.length)
    text.copy(bytes, 4)
    last = { tenant, bytes }
  }
  return last.bytes
}
