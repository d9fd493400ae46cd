import type { Duration } from '@hevd/core'
import { z } from 'zod'
import { KeysError } from '../../errors.ts'
import { answered, ask } from '../ask.ts'
import type { AzureKmsConfig } from '../config.ts'
import { readSealed, sealBy } from '../envelope.ts'
import type { Seal } from '../seal.ts'

const apiVersion = '7.4'
const granted = z.object({ access_token: z.string() })
/** `kid` names the version that wrapped; `value` is base64url. */
const operated = z.object({ kid: z.url(), value: z.base64url() })
const wrappedByVault = z.object({ key: z.url(), value: z.string() })

/**
 * The seal by an RSA key of Azure Key Vault or Managed HSM (REST 7.4, RSA-OAEP-256). Needs `wrapKey` and `unwrapKey` on the
 * key. What is stored names the key's version, so that a rotated key goes on opening what an older version sealed.
 */
export function azureKmsSeal(config: AzureKmsConfig, within: Duration): Seal {
  const accessToken = async () => {
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: config.client,
      client_secret: config.secret,
      scope: config.scope,
    }).toString()
    const url = `${config.authority}/${encodeURIComponent(config.tenant)}/oauth2/v2.0/token`
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    return answered('Azure', granted, await ask({ method: 'POST', url, headers, body }, within)).access_token
  }
  const call = async (key: string, operation: 'wrapkey' | 'unwrapkey', value: string) => {
    const question = {
      method: 'POST',
      url: `${key}/${operation}?api-version=${apiVersion}`,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await accessToken()}` },
      body: JSON.stringify({ alg: 'RSA-OAEP-256', value }),
    } as const
    return answered('Azure Key Vault', operated, await ask(question, within))
  }
  return sealBy({
    kind: 'azure-kms',
    wrap: async (key) => {
      const { kid, value } = await call(config.key, 'wrapkey', key.toString('base64url'))
      return { key: kid, value }
    },
    unwrap: async (wrapped) => {
      const { key, value } = readSealed(wrappedByVault, wrapped)
      const at = ofSameVault(key, config.key)
      return Buffer.from((await call(at, 'unwrapkey', value)).value, 'base64url')
    },
  })
}

/** The version that sealed, if it is of the key that is set: our token goes nowhere else, whatever the database says. */
function ofSameVault(stored: string, set: string): string {
  if (nameOf(stored) === nameOf(set)) return stored
  throw new KeysError('seal-does-not-open', {
    nb: `Den er forseglet med ${stored}, og ${set} er satt opp.`,
    en: `It was sealed with ${stored}, and ${set} is set up.`,
  })
}

/** `https://<vault>/keys/<name>`, without the version. */
function nameOf(key: string): string {
  const { origin, pathname } = new URL(key)
  return origin + pathname.split('/').slice(0, 3).join('/')
}
