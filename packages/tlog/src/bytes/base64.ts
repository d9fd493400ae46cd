import { TlogError } from '../errors.ts'

/** RFC 4648, 4, with padding. */
export function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}

/** The reverse; one text for one value: missing padding, white space and stray bits throw `base64-malformed`. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const raw = decode(text)
  if (btoa(raw) !== text) throw new TlogError('base64-malformed')
  return Uint8Array.from(raw, (char) => char.charCodeAt(0))
}

function decode(text: string): string {
  try {
    return atob(text)
  } catch {
    throw new TlogError('base64-malformed')
  }
}
