/**
 * Whether a value was encrypted by @hevd/columns, whatever the version of its envelope: as text it begins with `hevd:c1:`,
 * as bytes with `hvc` and the version. What it holds cannot be told, and need not.
 */
export function isEncrypted(value: string | Uint8Array): boolean {
  if (typeof value === 'string') return /^hevd:c\d{1,9}:/.test(value)
  const [first, second, third] = value
  return first === 0x68 && second === 0x76 && third === 0x63
}
