import { randomBytes } from 'node:crypto'
import type { Json } from '@hevd/core'
import { z } from 'zod'
import { decrypt, encrypt, nonceLength } from '../domain/aead.ts'
import { lengthPrefixed } from '../domain/length-prefixed.ts'
import { KeysError } from '../errors.ts'
import type { Seal, SealedRoot } from './seal.ts'
import { wipe } from './wipe.ts'

/** What holds a key elsewhere, and wraps one of 32 bytes with it. */
export type Wrapper = {
  readonly kind: Seal['kind']
  wrap(key: Buffer, context: Buffer): Promise<Json>
  /** A buffer of its own. Throws KeysError where it cannot be reached, refuses, or did not wrap this. */
  unwrap(wrapped: Json, context: Buffer): Promise<Buffer>
}

const stored = z.object({ format: z.literal(1), wrapped: z.json(), box: z.string() })

/**
 * A seal by what wraps keys: the root key is locked (AES-256-GCM) under a key made for it alone, which is wrapped. So kind
 * and context are bound to it also where the wrapper binds nothing, and a key service never sees the root key. Sealing
 * opens what it sealed before it answers: what cannot be opened again never takes the place of what can.
 */
export function sealBy(wrapper: Wrapper): Seal {
  const { kind } = wrapper
  const unwrap = async (sealed: SealedRoot, context: Buffer) => {
    const { wrapped, box } = readSealed(stored, sealed)
    const key = await wrapper.unwrap(wrapped, context)
    try {
      return unlock(key, box, [kind, context])
    } finally {
      wipe(key)
    }
  }
  return {
    kind,
    unwrap,
    wrap: async (rootKey, context) => {
      const key = randomBytes(32)
      try {
        const wrapped = await wrapper.wrap(key, context)
        const sealed = { kind, format: 1, wrapped, box: lock(key, rootKey, [kind, context]) }
        wipe(await unwrap(sealed, context))
        return sealed
      } finally {
        wipe(key)
      }
    },
  }
}

/** What is stored of a sealed root key, as its kind stores it. Throws `sealed-root-not-readable`. */
export function readSealed<Stored>(shape: z.ZodType<Stored>, sealed: Json): Stored {
  const read = shape.safeParse(sealed)
  if (!read.success) throw new KeysError('sealed-root-not-readable')
  return read.data
}

/** AES-256-GCM: nonce, ciphertext and tag in base64, with what is `bound` as associated data. */
export function lock(key: Buffer, plain: Buffer, bound: readonly (string | Buffer)[]): string {
  return encrypt('aes-256-gcm', key, randomBytes(nonceLength), lengthPrefixed(...bound), plain).toString(
    'base64',
  )
}

/** What {@link lock} locked, as a buffer of its own. Throws `seal-does-not-open` where anything of it is another. */
export function unlock(key: Buffer, box: string, bound: readonly (string | Buffer)[]): Buffer {
  const plain =
    key.length === 32
      ? decrypt('aes-256-gcm', key, Buffer.from(box, 'base64'), lengthPrefixed(...bound))
      : null
  if (plain === null) throw new KeysError('seal-does-not-open')
  return plain
}
