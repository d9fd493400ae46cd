import type { Duration } from '@hevd/core'
import { z } from 'zod'
import { answered, ask } from '../ask.ts'
import type { TransitConfig } from '../config.ts'
import { readSealed, sealBy } from '../envelope.ts'
import type { Seal } from '../seal.ts'
import { readSecret } from '../secret.ts'

const encrypted = z.object({ data: z.object({ ciphertext: z.string().startsWith('vault:v') }) })
const decrypted = z.object({ data: z.object({ plaintext: z.base64() }) })
const wrappedByTransit = z.object({ ciphertext: z.string() })

/**
 * The seal by Transit of another Vault or OpenBao, of HashiCorp's API v1. The key there needs `encrypt` and `decrypt`; when it
 * is rotated, what was sealed before goes on opening until its minimum version is raised.
 */
export function transitSeal(config: TransitConfig, within: Duration): Seal {
  const call = async <Body>(operation: 'encrypt' | 'decrypt', shape: z.ZodType<Body>, body: object) => {
    const { address, mount, key, namespace, authorities } = config
    const question = {
      method: 'POST',
      url: `${address}/v1/${mount}/${operation}/${encodeURIComponent(key)}`,
      headers: {
        'content-type': 'application/json',
        'x-vault-token': readSecret(config.token),
        'x-vault-request': 'true',
        ...(namespace === null ? {} : { 'x-vault-namespace': namespace }),
      },
      body: JSON.stringify(body),
      ...(authorities === null ? {} : { authorities }),
    } as const
    return answered('Transit', shape, await ask(question, within))
  }
  return sealBy({
    kind: 'transit',
    wrap: async (key, context) => {
      const { data } = await call('encrypt', encrypted, {
        plaintext: key.toString('base64'),
        associated_data: context.toString('base64'),
      })
      return { ciphertext: data.ciphertext }
    },
    unwrap: async (wrapped, context) => {
      const { ciphertext } = readSealed(wrappedByTransit, wrapped)
      const { data } = await call('decrypt', decrypted, {
        ciphertext,
        associated_data: context.toString('base64'),
      })
      return Buffer.from(data.plaintext, 'base64')
    },
  })
}
