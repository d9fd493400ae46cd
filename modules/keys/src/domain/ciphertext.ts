/** A ciphertext, signature or HMAC as Vault's Transit writes it: `vault:v<version>:<base64>`. */
export type Versioned = { readonly version: number; readonly bytes: Buffer }

const form = /^vault:v([1-9]\d{0,8}):([A-Za-z0-9+/]+={0,2})$/

export function versionedText(version: number, bytes: Buffer): string {
  return `vault:v${version}:${bytes.toString('base64')}`
}

/** Null for anything else, also for base64 that {@link versionedText} would not have written. */
export function readVersioned(text: string): Versioned | null {
  const [, version = '', encoded = ''] = form.exec(text) ?? []
  const bytes = fromBase64(encoded)
  return bytes === null || bytes.length === 0 ? null : { version: Number(version), bytes }
}

/** The bytes of base64 (RFC 4648, section 4, padded, no stray bits); null for what is not. */
export function fromBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : null
}
