/** CRC-32C (Castagnoli, RFC 3720 appendix B.4), by which Cloud KMS tells that nothing was damaged on the way. */
export function crc32c(bytes: Buffer): number {
  let sum = 0xffffffff
  for (const byte of bytes) {
    sum ^= byte
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (-(sum & 1) & 0x82f63b78)
  }
  return (sum ^ 0xffffffff) >>> 0
}
