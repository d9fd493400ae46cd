import { constants, createPublicKey, publicEncrypt, randomBytes } from 'node:crypto'
import type { Duration } from '@hevd/core'
import { z } from 'zod'
import { KeysError } from '../../errors.ts'
import type { Pkcs11Config } from '../config.ts'
import { readSealed, sealBy } from '../envelope.ts'
import type { Seal } from '../seal.ts'
import { wipe } from '../wipe.ts'
import { pkcs11Tool } from './pkcs11-tool.ts'

const wrappedByToken = z.discriminatedUnion('mechanism', [
  z.object({ mechanism: z.literal('aes'), iv: z.hex().length(32), ciphertext: z.base64() }),
  z.object({ mechanism: z.literal('rsa'), ciphertext: z.base64() }),
])

/**
 * The seal by a key that never leaves a token. AES-CBC without padding, since what is wrapped is two blocks and its envelope
 * tells whether it came back whole: padding would only be an oracle. RSA-OAEP is wrapped here, with the token's public key.
 */
export function pkcs11Seal(config: Pkcs11Config, within: Duration): Seal {
  const tool = (asked: readonly string[], input: Buffer) => pkcs11Tool(config, asked, input, within)
  const aes = (operation: '--encrypt' | '--decrypt', iv: string, input: Buffer) =>
    tool([operation, '--mechanism', 'AES-CBC', '--iv', iv], input)
  return sealBy({
    kind: 'pkcs11',
    wrap: async (key) => {
      if (config.mechanism === 'aes') {
        const iv = randomBytes(16).toString('hex')
        const ciphertext = await aes('--encrypt', iv, key)
        return { mechanism: 'aes', iv, ciphertext: ciphertext.toString('base64') }
      }
      const spki = await tool(['--read-object', '--type', 'pubkey'], Buffer.alloc(0))
      const ciphertext = publicEncrypt(
        {
          key: createPublicKey({ key: spki, format: 'der', type: 'spki' }),
          padding: constants.RSA_PKCS1_OAEP_PADDING,
          oaepHash: config.oaepHash,
        },
        key,
      )
      return { mechanism: 'rsa', ciphertext: ciphertext.toString('base64') }
    },
    unwrap: async (wrapped) => {
      const stored = readSealed(wrappedByToken, wrapped)
      const ciphertext = Buffer.from(stored.ciphertext, 'base64')
      const hash = config.oaepHash.toUpperCase()
      const oaep = ['--hash-algorithm', hash.replace('SHA1', 'SHA-1'), '--mgf', `MGF1-${hash}`]
      const key =
        stored.mechanism === 'aes'
          ? await aes('--decrypt', stored.iv, ciphertext)
          : await tool(['--decrypt', '--mechanism', 'RSA-PKCS-OAEP', ...oaep], ciphertext)
      if (key.length === 32) return key
      wipe(key)
      throw new KeysError('seal-does-not-open')
    },
  })
}
