import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  type KeyObject,
  randomFillSync,
  timingSafeEqual,
} from 'node:crypto'

/**
 * The construction, on bytes (docs/decisions, “Column encryption”). A salt of 24 random bytes and the data key give, by
 * HMAC-SHA-512, an AES-256 key that is used once and a commitment to it; then AES-256-GCM with the context as
 * associated data. As no key is used twice, the nonce is constant.
 *
 *     body = salt (24) ‖ commitment (32) ‖ ciphertext ‖ tag (16)
 *     HMAC-SHA-512(data key, salt) = key (32) ‖ commitment (32)
 */
const SALT = 24
const COMMITMENT = 32
const TAG = 16
const KEY = 32
const START = SALT + COMMITMENT
export const OVERHEAD = START + TAG
const NONCE = Buffer.alloc(12)
const OPTIONS = { authTagLength: TAG }

/** Salts are public and never used twice; fetched many at a time, since a call costs more than its bytes. */
const pool = Buffer.allocUnsafeSlow(SALT * 256)
let used = pool.length

function writeSalt(target: Buffer): void {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  pool.copy(target, 0, used, used + SALT)
  used += SALT
}

/** As an object: handed over as bytes, Node 24 spends six times as long on the key as on all the rest. */
function valueKey(derived: Buffer): KeyObject {
  return createSecretKey(derived.subarray(0, KEY))
}

/** The body of an envelope. `salt` is given by vectors alone. */
export function sealBytes(key: KeyObject, context: Buffer, plain: Buffer, salt?: Buffer): Buffer {
  const body = Buffer.allocUnsafe(OVERHEAD + plain.length)
  if (salt === undefined) writeSalt(body)
  else salt.copy(body)
  const derived = createHmac('sha512', key).update(body.subarray(0, SALT)).digest()
  const cipher = createCipheriv('aes-256-gcm', valueKey(derived), NONCE, OPTIONS)
  cipher.setAAD(context)
  cipher.update(plain).copy(body, START)
  cipher.final()
  cipher.getAuthTag().copy(body, START + plain.length)
  derived.copy(body, SALT, KEY)
  derived.fill(0)
  return body
}

/** What was sealed, or null: body, key or context is another, and nothing tells which. */
export function openBytes(key: KeyObject, context: Buffer, body: Buffer): Buffer | null {
  if (body.length < OVERHEAD) return null
  const derived = createHmac('sha512', key).update(body.subarray(0, SALT)).digest()
  try {
    if (!timingSafeEqual(derived.subarray(KEY), body.subarray(SALT, START))) return null
    const end = body.length - TAG
    const decipher = createDecipheriv('aes-256-gcm', valueKey(derived), NONCE, OPTIONS)
    decipher.setAAD(context)
    decipher.setAuthTag(body.subarray(end))
    const plain = decipher.update(body.subarray(START, end))
    decipher.final()
    return plain
  } catch {
    return null
  } finally {
    derived.fill(0)
  }
}
