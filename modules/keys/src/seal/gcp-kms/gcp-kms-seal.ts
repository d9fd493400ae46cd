import type { Clock, Duration } from '@hevd/core'
import { z } from 'zod'
import { KeysError } from '../../errors.ts'
import { answered, ask } from '../ask.ts'
import type { GcpKmsConfig } from '../config.ts'
import { readSealed, sealBy } from '../envelope.ts'
import type { Seal } from '../seal.ts'
import { accessToken } from './access-token.ts'
import { crc32c } from './crc32c.ts'

/** 64-bit numbers are texts in Google's JSON. */
const encrypted = z.object({
  ciphertext: z.base64(),
  ciphertextCrc32c: z.string(),
  verifiedPlaintextCrc32c: z.literal(true),
  verifiedAdditionalAuthenticatedDataCrc32c: z.literal(true),
})
const decrypted = z.object({ plaintext: z.base64(), plaintextCrc32c: z.string() })
const wrappedByKms = z.object({ ciphertext: z.string() })

/**
 * The seal by a symmetric key of Google Cloud KMS (REST v1), with the context as additional authenticated data. Needs the role
 * `cloudkms.cryptoKeyEncrypterDecrypter` on the key alone. Checksums are told and compared both ways.
 */
export function gcpKmsSeal(config: GcpKmsConfig, clock: Clock, within: Duration): Seal {
  const call = async <Body>(
    operation: 'encrypt' | 'decrypt',
    shape: z.ZodType<Body>,
    field: 'plaintext' | 'ciphertext',
    bytes: Buffer,
    context: Buffer,
  ) => {
    const token = await accessToken(config.credentials, clock, within)
    const question = {
      method: 'POST',
      url: `${config.endpoint}/v1/${config.key}:${operation}`,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({
        [field]: bytes.toString('base64'),
        [`${field}Crc32c`]: String(crc32c(bytes)),
        additionalAuthenticatedData: context.toString('base64'),
        additionalAuthenticatedDataCrc32c: String(crc32c(context)),
      }),
    } as const
    return answered('Cloud KMS', shape, await ask(question, within))
  }
  return sealBy({
    kind: 'gcp-kms',
    wrap: async (key, context) => {
      const { ciphertext, ciphertextCrc32c } = await call('encrypt', encrypted, 'plaintext', key, context)
      undamaged(ciphertext, ciphertextCrc32c)
      return { ciphertext }
    },
    unwrap: async (wrapped, context) => {
      const { ciphertext } = readSealed(wrappedByKms, wrapped)
      const bytes = Buffer.from(ciphertext, 'base64')
      const answer = await call('decrypt', decrypted, 'ciphertext', bytes, context)
      return undamaged(answer.plaintext, answer.plaintextCrc32c)
    },
  })
}

function undamaged(base64: string, checksum: string): Buffer {
  const bytes = Buffer.from(base64, 'base64')
  if (String(crc32c(bytes)) === checksum) return bytes
  throw new KeysError('seal-unreachable', {
    nb: '(Cloud KMS: svaret ble skadet underveis, CRC32C)',
    en: '(Cloud KMS: the answer was damaged on its way, CRC32C)',
  })
}
