import { OVERHEAD } from './seal.ts'

/** How a column holds envelopes: `text` prints and is searched easily, `bytea` takes three quarters of the room. */
export type Storage = 'text' | 'bytea'
export type Stored = string | Uint8Array

/** An envelope taken apart: the version of the data key and the body that `sealBytes` made. */
export type Envelope = { readonly keyVersion: number; readonly body: Buffer }

/**
 * Version 1, as text: `hevd:c1:<key version in decimal>:<body in base64url without padding>`;
 * as bytes: `hvc` and 0x01, the key version in four bytes, the body.
 */
export const textPrefix = 'hevd:c1:'
const MAGIC = Buffer.from('hvc\x01', 'latin1')
const HEADER = MAGIC.length + 4
export const MAX_VERSION = 0xffff_ffff

/** True for an envelope of this or any other version: what claims to be one is never taken for plain text. */
export function isEnvelope(stored: unknown): stored is Stored {
  if (typeof stored === 'string') return stored.startsWith(textPrefix) || /^hevd:c\d+:/.test(stored)
  return stored instanceof Uint8Array && stored[0] === 0x68 && stored[1] === 0x76 && stored[2] === 0x63
}

export function writeEnvelope(storage: Storage, keyVersion: number, body: Buffer): Stored {
  if (storage === 'text') return `${textPrefix}${keyVersion}:${body.toString('base64url')}`
  const bytes = Buffer.allocUnsafe(HEADER + body.length)
  MAGIC.copy(bytes)
  bytes.writeUInt32BE(keyVersion, MAGIC.length)
  body.copy(bytes, HEADER)
  return bytes
}

/** Null for what is not an envelope of version 1, written in the one way there is to write it. */
export function readEnvelope(stored: Stored): Envelope | null {
  const envelope = typeof stored === 'string' ? fromText(stored) : fromBytes(stored)
  if (envelope === null || envelope.body.length < OVERHEAD) return null
  return envelope.keyVersion >= 1 && envelope.keyVersion <= MAX_VERSION ? envelope : null
}

function fromText(text: string): Envelope | null {
  if (!text.startsWith(textPrefix)) return null
  const colon = text.indexOf(':', textPrefix.length)
  const digits = text.slice(textPrefix.length, Math.max(colon, 0))
  const keyVersion = Number(digits)
  const encoded = text.slice(colon + 1)
  const body = Buffer.from(encoded, 'base64url')
  // The decoder passes over what does not belong, and over unused bits at the end: another text, the same bytes.
  return String(keyVersion) === digits && body.toString('base64url') === encoded ? { keyVersion, body } : null
}

function fromBytes(given: Uint8Array): Envelope | null {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength)
  if (bytes.length < HEADER || MAGIC.compare(bytes, 0, MAGIC.length) !== 0) return null
  return { keyVersion: bytes.readUInt32BE(MAGIC.length), body: bytes.subarray(HEADER) }
}
