import { createHash } from 'node:crypto'
import { type AwsCredentials, credentialsIn, signRequest } from '@hevd/aws'
import type { Clock, Duration } from '@hevd/core'
import { z } from 'zod'
import { answered, ask } from '../ask.ts'
import type { AwsKmsConfig } from '../config.ts'
import { readSealed, sealBy } from '../envelope.ts'
import type { Seal } from '../seal.ts'
import { notValid, readSetting } from '../secret.ts'

const encrypted = z.object({ CiphertextBlob: z.base64() })
const decrypted = z.object({ Plaintext: z.base64() })
const wrappedByKms = z.object({ ciphertext: z.string() })

/**
 * The seal by a symmetric key of AWS KMS (API 2014-11-01). Needs `kms:Encrypt` and `kms:Decrypt` on the key alone; both can
 * be held to the encryption context `hevd:root-key` in its policy. What is stored does not say which key opens it: the
 * settings do, so that nobody who can write in the database has the vault opened by a key of their own.
 */
export function awsKmsSeal(config: AwsKmsConfig, clock: Clock, within: Duration): Seal {
  const call = async <Body>(
    operation: 'Encrypt' | 'Decrypt',
    shape: z.ZodType<Body>,
    given: object,
    context: Buffer,
  ) => {
    const url = new URL('/', config.endpoint)
    const EncryptionContext = { 'hevd:root-key': context.toString('base64') }
    const body = JSON.stringify({ ...given, EncryptionContext })
    const headers = signRequest(
      {
        method: 'POST',
        host: url.host,
        path: '/',
        query: '',
        headers: {
          'content-type': 'application/x-amz-json-1.1',
          'x-amz-target': `TrentService.${operation}`,
        },
        payload: createHash('sha256').update(body).digest('hex'),
      },
      awsCredentials(config.credentials),
      { region: config.region, service: 'kms', at: clock.now() },
    )
    return answered('AWS KMS', shape, await ask({ method: 'POST', url: url.href, headers, body }, within))
  }
  return sealBy({
    kind: 'aws-kms',
    wrap: async (key, context) => {
      const given = { KeyId: config.key, Plaintext: key.toString('base64') }
      const { CiphertextBlob } = await call('Encrypt', encrypted, given, context)
      return { ciphertext: CiphertextBlob }
    },
    unwrap: async (wrapped, context) => {
      const { ciphertext } = readSealed(wrappedByKms, wrapped)
      const given = { KeyId: config.key, CiphertextBlob: ciphertext }
      const { Plaintext } = await call('Decrypt', decrypted, given, context)
      return Buffer.from(Plaintext, 'base64')
    },
  })
}

/** The credentials as they are now. Throws `seal-not-valid` where the file or the profile in it lacks them. */
function awsCredentials(given: AwsKmsConfig['credentials']): AwsCredentials {
  if ('id' in given) return given
  const found = credentialsIn(readSetting(given.file), given.profile)
  if (found === null)
    throw notValid(
      `Profilen ${given.profile} i ${given.file} mangler aws_access_key_id eller aws_secret_access_key.`,
      `The profile ${given.profile} in ${given.file} lacks aws_access_key_id or aws_secret_access_key.`,
    )
  return found
}
