import { derive, keyTypes } from '../domain/key-types.ts'
import { KeysError } from '../errors.ts'
import type { KnownKey } from '../use/snapshot.ts'
import { TransitError } from './errors.ts'
import { publicPem } from './key-data.ts'
import { rawEd25519 } from './signing.ts'

export const exportTypes = ['encryption-key', 'signing-key', 'hmac-key', 'public-key'] as const
export type ExportType = (typeof exportTypes)[number]

/** Versions that are read and are there, the oldest first; only the one asked for, which may be `latest`. */
export function versionsToExport({ row, versions }: KnownKey, asked: string | undefined): readonly number[] {
  const there = versions
    .filter(({ version, wrapped }) => wrapped !== null && version >= row.minDecryption)
    .map(({ version }) => version)
  if (asked === undefined) return there
  const wanted = asked === 'latest' ? row.latest : Number(asked)
  if (!there.includes(wanted))
    throw new TransitError(400, 'version for export is not there, or may not be read')
  return [wanted]
}

/** One version as text. Throws `not-exportable` for a key that two people have not made so, 400 for what the type has not. */
export function exported(key: KnownKey, what: ExportType, version: number): string {
  const { type, exportable } = key.row
  const { aead, signs } = keyTypes[type]
  const unsupported = new TransitError(400, `key type ${type} has no ${what}`)
  if (what === 'public-key') {
    const { pair } = key.material(version)
    if (pair === null) throw unsupported
    return type === 'ed25519' ? rawEd25519(pair.publicKey) : publicPem(pair.publicKey)
  }
  if (!exportable) throw new KeysError('not-exportable')
  const material = key.material(version)
  if (what === 'hmac-key')
    return base64(type === 'hmac' ? material.secret.export() : derive(material, 'hmac', Buffer.alloc(0), 32))
  if (what === 'encryption-key') {
    if (aead === null) throw unsupported
    return base64(material.secret.export())
  }
  const { pair } = material
  if (signs === null || pair === null) throw unsupported
  if (signs === 'ecdsa-p256') return pair.privateKey.export({ format: 'pem', type: 'sec1' }).toString()
  const publicBytes = Buffer.from(rawEd25519(pair.publicKey), 'base64')
  return base64(Buffer.concat([material.secret.export(), publicBytes]))
}

/** Base64 of bytes, which are zeroed. The text itself cannot be: it is what the caller asked for. */
function base64(bytes: Buffer): string {
  const text = bytes.toString('base64')
  bytes.fill(0)
  return text
}
