import type { Instant } from '@hevd/core'

/** Largest value of the twelve bits after a UUIDv7's version. */
const mostInMillisecond = 0xfff

/**
 * Makes UUIDs version 7 that ascend strictly, also within a millisecond and when the clock goes back (RFC 9562, 6.2,
 * method 1): entries of one server come into the log in the order in which they were said.
 *
 * @param random gives that many random bytes
 */
export function entryIds(random: (bytes: number) => Uint8Array): (now: Instant) => string {
  let millisecond = 0
  let count = -1
  return (now) => {
    const present = Math.floor(now)
    if (present > millisecond) {
      millisecond = present
      count = 0
    } else if (count < mostInMillisecond) count += 1
    else {
      millisecond += 1
      count = 0
    }
    const bytes = Buffer.alloc(16)
    bytes.writeUIntBE(millisecond, 0, 6)
    bytes.writeUInt16BE(0x7000 | count, 6)
    bytes.set(random(8), 8)
    bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
    const hex = bytes.toString('hex')
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
  }
}
