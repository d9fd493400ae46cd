import { sign, timingSafeEqual, verify } from 'node:crypto'
import { versionedText } from '../domain/ciphertext.ts'
import { type HashName, hashes, hmacWith, isHashName } from '../domain/hashes.ts'
import { derivedMaterial, keyTypes, type Material } from '../domain/key-types.ts'
import type { KnownKey } from '../use/snapshot.ts'
import type { Done } from './batch.ts'
import { TransitError } from './errors.ts'
import { bytesOf, checkVersion, contextOf, versionRead, versionToUse } from './versions.ts'

type Given = string | null | undefined
type Item = { readonly input?: Given; readonly context?: Given }
export type Algorithms = {
  readonly hash: HashName
  readonly marshaling: 'asn1' | 'jws'
  readonly prehashed: boolean
}

/** The hash function that a call names in its path or body; SHA-256 where it names none. */
export function hashOf(...names: readonly Given[]): HashName {
  const name = names.find((one) => one !== null && one !== undefined && one !== '') ?? 'sha2-256'
  if (!isHashName(name))
    throw new TransitError(400, `unsupported hash algorithm ${name}: ${Object.keys(hashes).join(', ')}`)
  return name
}

export function algorithmsOf(
  body: {
    readonly hash_algorithm?: Given
    readonly algorithm?: Given
    readonly marshaling_algorithm?: Given
    readonly prehashed?: boolean | null | undefined
  },
  path: Given,
): Algorithms {
  const marshaling = body.marshaling_algorithm ?? 'asn1'
  if (marshaling !== 'asn1' && marshaling !== 'jws')
    throw new TransitError(400, `unsupported marshaling algorithm ${marshaling}: asn1, jws`)
  return {
    hash: hashOf(path, body.hash_algorithm, body.algorithm),
    marshaling,
    prehashed: body.prehashed ?? false,
  }
}

function inputOf({ input }: Item): Buffer {
  if (input === null || input === undefined) throw new TransitError(400, 'missing input')
  return bytesOf(input, 'input')
}

export function hmacItem(key: KnownKey, item: Item, hash: HashName, asked: number | null | undefined): Done {
  const version = versionToUse(key.row, asked)
  const made = hmacWith(key.row.type, key.material(version), hash, inputOf(item))
  return { version, data: { hmac: versionedText(version, made) } }
}

function pairFor(key: KnownKey, version: number, item: Item): NonNullable<Material['pair']> {
  const { type } = key.row
  if (keyTypes[type].signs === null) throw new TransitError(400, `key type ${type} does not support signing`)
  const material = key.material(version)
  const context = contextOf(key.row, item.context)
  const { pair } = context === null ? material : derivedMaterial(type, material, context)
  if (pair === null) throw new TransitError(400, `key type ${type} does not support signing`)
  return pair
}

/** Ed25519 (RFC 8032) signs the input itself; P-256 (ECDSA, FIPS 186-5) its hash. */
export function signItem(
  key: KnownKey,
  item: Item,
  { hash, marshaling, prehashed }: Algorithms,
  asked: number | null | undefined,
): Done {
  const version = versionToUse(key.row, asked)
  const { privateKey, publicKey } = pairFor(key, version, item)
  if (prehashed) throw notPrehashed(key)
  const input = inputOf(item)
  const of = { data: { key_version: version } }
  if (keyTypes[key.row.type].signs === 'ed25519') {
    const signature = versionedText(version, sign(null, input, privateKey))
    const own = key.row.derived ? { public_key: rawEd25519(publicKey) } : {}
    return { version, data: { ...of.data, signature, ...own } }
  }
  const made = sign(hashes[hash], input, { key: privateKey, dsaEncoding: dsaEncodings[marshaling] })
  const signature =
    marshaling === 'asn1' ? versionedText(version, made) : `vault:v${version}:${made.toString('base64url')}`
  return { version, data: { ...of.data, signature } }
}

const dsaEncodings = { asn1: 'der', jws: 'ieee-p1363' } as const

/** Whether a signature or an HMAC is of this key and input. Throws 400 for what is none at all. */
export function verifyItem(
  key: KnownKey,
  item: Item & { readonly signature?: Given; readonly hmac?: Given },
  algorithms: Algorithms,
): Done {
  const { hmac, signature } = item
  if ((hmac ?? '') !== '' && (signature ?? '') === '')
    return verifyHmac(key, item, hmac ?? '', algorithms.hash)
  if (signature === null || signature === undefined || signature === '')
    throw new TransitError(400, 'missing signature or hmac to verify')
  const { version, bytes } =
    algorithms.marshaling === 'jws' && keyTypes[key.row.type].signs === 'ecdsa-p256'
      ? jwsRead(key, signature)
      : versionRead(key.row, signature, 'signature')
  const { publicKey } = pairFor(key, version, item)
  if (algorithms.prehashed) throw notPrehashed(key)
  const input = inputOf(item)
  const valid =
    keyTypes[key.row.type].signs === 'ed25519'
      ? verify(null, input, publicKey, bytes)
      : verify(
          hashes[algorithms.hash],
          input,
          { key: publicKey, dsaEncoding: dsaEncodings[algorithms.marshaling] },
          bytes,
        )
  return { version, data: { valid } }
}

function verifyHmac(key: KnownKey, item: Item, hmac: string, hash: HashName): Done {
  const { version, bytes } = versionRead(key.row, hmac, 'signature')
  const made = hmacWith(key.row.type, key.material(version), hash, inputOf(item))
  return { version, data: { valid: made.length === bytes.length && timingSafeEqual(made, bytes) } }
}

function jwsRead(key: KnownKey, text: string) {
  const [, version = '', encoded = ''] = /^vault:v([1-9]\d{0,8}):([A-Za-z0-9_-]+)$/.exec(text) ?? []
  const bytes = Buffer.from(encoded, 'base64url')
  if (version === '' || bytes.toString('base64url') !== encoded)
    throw new TransitError(400, 'invalid signature')
  checkVersion(key.row, Number(version), 'signature')
  return { version: Number(version), bytes }
}

/** The 32 bytes of an Ed25519 public key, base64: what follows the prefix of SubjectPublicKeyInfo (RFC 8410). */
export function rawEd25519(publicKey: NonNullable<Material['pair']>['publicKey']): string {
  return publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64')
}

/**
 * What was hashed before cannot be signed: Node.js reaches none of OpenSSL's functions for that, `sign(null, …)` hashes what it is
 * given, and ECDSA in JavaScript would have the private key on its heap. Signing it as an input would give a signature of another
 * text. Vault, too, refuses it for Ed25519 from 1.19 on.
 */
function notPrehashed({ row: { type } }: KnownKey): TransitError {
  const instead =
    keyTypes[type].signs === 'ed25519'
      ? 'Ed25519 signs the bytes themselves; leave prehashed out to have these signed'
      : 'send the input itself with its hash_algorithm, which gives a signature of its hash'
  return new TransitError(400, `prehashed is not supported for key type ${type}: ${instead}`)
}
