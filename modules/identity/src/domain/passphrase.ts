import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify(argon2)

/** RFC 9106 argon2id, 19 MiB, two passes, one lane: the OWASP minimum that still answers at once on two cores. */
const strength = { memory: 19_456, passes: 2, parallelism: 1 } as const
const tagLength = 32

export const shortestPassphrase = 12
export const longestPassphrase = 1024

/** PHC string of a passphrase (Unicode NFKC, so that two keyboards type the same one). */
export async function hashPassphrase(passphrase: string, salt: Buffer = randomBytes(16)): Promise<string> {
  const tag = await derive('argon2id', { message: normal(passphrase), nonce: salt, tagLength, ...strength })
  const { memory, passes, parallelism } = strength
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(salt)}$${unpadded(tag)}`
}

/** Whether a passphrase is the one of a PHC string. A string that is not ours is a fault of the database. */
export async function passphraseMatches(passphrase: string, phc: string): Promise<boolean> {
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(phc)
  if (match === null) throw new Error('A stored passphrase hash is not an argon2id PHC string')
  const [, memory, passes, parallelism, salt = '', tag = ''] = match
  const expected = Buffer.from(tag, 'base64')
  const found = await derive('argon2id', {
    message: normal(passphrase),
    nonce: Buffer.from(salt, 'base64'),
    tagLength: expected.length,
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
  })
  return timingSafeEqual(found, expected)
}

function normal(passphrase: string): Buffer {
  return Buffer.from(passphrase.normalize('NFKC'), 'utf8')
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '')
}
