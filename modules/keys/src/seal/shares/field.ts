/**
 * GF(2^8) as in AES (FIPS 197, 4.2): bytes as polynomials modulo x^8 + x^4 + x^3 + x + 1; addition is xor. Nothing is looked
 * up in a table and nothing branches on a value: neither the cache nor the time taken tells of a share.
 */
export function multiply(a: number, b: number): number {
  let product = 0
  for (let bit = 7; bit >= 0; bit--) {
    product = (product << 1) ^ (-(product >> 7) & 0x11b)
    product ^= -((b >> bit) & 1) & a
  }
  return product
}

/** The inverse, a^254; that of 0 is 0. */
export function invert(a: number): number {
  let square = a
  let result = 1
  for (let bit = 1; bit < 8; bit++) {
    square = multiply(square, square)
    result = multiply(result, square)
  }
  return result
}
