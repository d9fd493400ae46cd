import { keyTypes } from '../domain/key-types.ts'
import { toVaultSeconds } from '../domain/vault-duration.ts'
import type { KnownKey } from '../use/snapshot.ts'
import { rawEd25519 } from './signing.ts'

/** What reading a key answers: what it allows, its versions, and the public half of those that have one. */
export function keyData(key: KnownKey) {
  const { row } = key
  const { aead, signs, derives } = keyTypes[row.type]
  const readable = key.versions.filter(
    ({ version, wrapped }) => version >= row.minDecryption && wrapped !== null,
  )
  return {
    name: row.name,
    type: row.type,
    keys: Object.fromEntries(
      readable.map(({ version, madeAt }) => [String(version), versionData(key, version, madeAt)]),
    ),
    latest_version: row.latest,
    min_decryption_version: row.minDecryption,
    min_encryption_version: row.minEncryption,
    min_available_version: row.minAvailable === 1 ? 0 : row.minAvailable,
    deletion_allowed: row.deletionAllowed,
    derived: row.derived,
    exportable: row.exportable,
    allow_plaintext_backup: row.exportable,
    supports_encryption: aead !== null,
    supports_decryption: aead !== null,
    supports_derivation: derives,
    supports_signing: signs !== null,
    auto_rotate_period: toVaultSeconds(row.autoRotate),
    imported_key: false,
    ...(row.derived ? { kdf: 'hkdf_sha256' } : {}),
    ...(row.derived && aead !== null ? { convergent_encryption: row.convergent } : {}),
  }
}

function versionData(key: KnownKey, version: number, madeAt: number) {
  const { type, derived } = key.row
  const { pair } = keyTypes[type].signs === null ? { pair: null } : key.material(version)
  if (pair === null) return Math.floor(madeAt / 1000)
  const creation_time = new Date(madeAt).toISOString()
  if (type === 'ed25519')
    return { creation_time, name: type, public_key: derived ? '' : rawEd25519(pair.publicKey) }
  return { creation_time, name: 'P-256', public_key: publicPem(pair.publicKey) }
}

export function publicPem(
  publicKey: NonNullable<ReturnType<KnownKey['material']>['pair']>['publicKey'],
): string {
  return publicKey.export({ format: 'pem', type: 'spki' }).toString()
}
