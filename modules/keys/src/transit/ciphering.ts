import { versionedText } from '../domain/ciphertext.ts'
import { decryptWith, type Encrypting, encryptWith } from '../domain/encrypting.ts'
import { keyTypes } from '../domain/key-types.ts'
import type { KnownKey } from '../use/snapshot.ts'
import type { Done } from './batch.ts'
import { TransitError } from './errors.ts'
import { bytesOf, contextOf, versionRead, versionToUse } from './versions.ts'

type Given = string | null | undefined
type Item = {
  readonly context?: Given
  readonly associated_data?: Given
  readonly key_version?: number | null | undefined
}
type Random = (bytes: number) => Buffer

const none = Buffer.alloc(0)

/** How an item is encrypted or decrypted under one version of a key. Throws 400. */
function howOf(key: KnownKey, version: number, { context, associated_data }: Item): Encrypting {
  const { type, convergent } = key.row
  const { aead } = keyTypes[type]
  if (aead === null) throw new TransitError(400, `key type ${type} does not support encryption`)
  return {
    type,
    aead,
    material: key.material(version),
    context: contextOf(key.row, context),
    convergent,
    associated:
      associated_data === null || associated_data === undefined
        ? none
        : bytesOf(associated_data, 'associated_data'),
  }
}

export function encryptItem(
  key: KnownKey,
  item: Item & { readonly plaintext?: Given },
  random: Random,
): Done {
  if (item.plaintext === null || item.plaintext === undefined)
    throw new TransitError(400, 'missing plaintext to encrypt')
  const plaintext = bytesOf(item.plaintext, 'plaintext')
  return encryptBytes(key, item, plaintext, random)
}

/** Encrypts, and zeroes what was given. */
export function encryptBytes(key: KnownKey, item: Item, plaintext: Buffer, random: Random): Done {
  try {
    const version = versionToUse(key.row, item.key_version)
    const sealed = encryptWith(howOf(key, version, item), plaintext, random)
    return { version, data: { ciphertext: versionedText(version, sealed), key_version: version } }
  } finally {
    plaintext.fill(0)
  }
}

/** The plaintext, which the caller zeroes. Throws 400 for anything that was not encrypted so. */
function decrypted(key: KnownKey, item: Item & { readonly ciphertext?: Given }) {
  if (item.ciphertext === null || item.ciphertext === undefined || item.ciphertext === '')
    throw new TransitError(400, 'missing ciphertext to decrypt')
  const { version, bytes } = versionRead(key.row, item.ciphertext, 'ciphertext')
  const plaintext = decryptWith(howOf(key, version, item), bytes)
  if (plaintext === null) throw new TransitError(400, 'cipher: message authentication failed')
  return { version, plaintext }
}

export function decryptItem(key: KnownKey, item: Item & { readonly ciphertext?: Given }): Done {
  const { version, plaintext } = decrypted(key, item)
  try {
    return { version, data: { plaintext: plaintext.toString('base64') } }
  } finally {
    plaintext.fill(0)
  }
}

/** The same text under the newest version, or the one asked for; nobody sees the text. */
export function rewrapItem(
  key: KnownKey,
  item: Item & { readonly ciphertext?: Given },
  random: Random,
): Done {
  return encryptBytes(key, item, decrypted(key, item).plaintext, random)
}

const lengths: ReadonlySet<number> = new Set([128, 256, 512])

/** A new key of so many bits for use elsewhere, wrapped, and with `plaintext` in clear too. */
export function dataKey(
  key: KnownKey,
  item: Item & { readonly bits?: number | null | undefined },
  withPlaintext: boolean,
  random: Random,
): Done {
  const bits = item.bits ?? 256
  if (!lengths.has(bits)) throw new TransitError(400, 'invalid bit length: 128, 256 or 512')
  const bytes = random(bits / 8)
  const plaintext = withPlaintext ? { plaintext: bytes.toString('base64') } : {}
  const { version, data } = encryptBytes(key, item, bytes, random)
  return { version, data: { ...data, ...plaintext } }
}
