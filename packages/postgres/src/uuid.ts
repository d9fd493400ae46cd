import { randomBytes } from 'node:crypto'
import type { Instant } from '@hevd/core'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** True for a UUID in the lower-case form that PostgreSQL prints. */
export function isUuid(text: string): boolean {
  return UUID.test(text)
}

/**
 * A UUID version 7 (RFC 9562, section 5.7): 48 bits of milliseconds, 74 random bits. Ids of different
 * milliseconds sort by time; within one millisecond their order is random.
 * `random` gives that many random bytes; only tests need another than the system's.
 */
export function uuidv7(now: Instant, random: (size: number) => Uint8Array = randomBytes): string {
  const bytes = Buffer.alloc(16)
  bytes.set(random(10), 6)
  bytes.writeUIntBE(Math.floor(now), 0, 6)
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
