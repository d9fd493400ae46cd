import {
  constants,
  generateKeyPairSync,
  type KeyObject,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
} from 'node:crypto'
import { z } from 'zod'
import { type Heard, json, standIn } from './stand-in.ts'

const wrapping = z.strictObject({ alg: z.literal('RSA-OAEP-256'), value: z.base64url() })
export const azureClient = { tenant: 'a-tenant', client: 'a-client', secret: 'a secret' }

/** Entra ID's token address and a Key Vault with one RSA key; `rotate` makes a new version of it. */
export async function azureKmsStandIn() {
  const versions = new Map<string, { readonly publicKey: KeyObject; readonly privateKey: KeyObject }>()
  let newest = ''
  const rotate = () => {
    newest = randomBytes(16).toString('hex')
    versions.set(newest, generateKeyPairSync('rsa', { modulusLength: 2048 }))
  }
  rotate()
  const token = randomBytes(16).toString('hex')
  const oaep = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' }
  const answer = ({ path, headers, body }: Heard) => {
    if (path === `/${azureClient.tenant}/oauth2/v2.0/token`) {
      const form = Object.fromEntries(new URLSearchParams(body))
      const asks = {
        grant_type: 'client_credentials',
        client_id: azureClient.client,
        client_secret: azureClient.secret,
        scope: 'https://vault.azure.net/.default',
      }
      return JSON.stringify(form) === JSON.stringify(asks)
        ? json({ token_type: 'Bearer', expires_in: 3599, access_token: token })
        : json({ error: 'invalid_client', error_description: 'AADSTS7000215: Invalid client secret.' }, 401)
    }
    if (headers.authorization !== `Bearer ${token}`)
      return json(
        { error: { code: 'Unauthorized', message: 'AKV10000: Request is missing a Bearer token.' } },
        401,
      )
    const asked = /^\/keys\/hevd-root(?:\/([0-9a-f]{32}))?\/(wrapkey|unwrapkey)\?api-version=7\.4$/.exec(path)
    const version = asked?.[1] ?? newest
    const key = versions.get(version)
    if (asked === null || key === undefined)
      return json({ error: { code: 'KeyNotFound', message: `${path} was not found` } }, 404)
    const given = Buffer.from(wrapping.parse(JSON.parse(body)).value, 'base64url')
    const kid = `${server.origin}/keys/hevd-root/${version}`
    try {
      const value =
        asked[2] === 'wrapkey'
          ? publicEncrypt({ key: key.publicKey, ...oaep }, given)
          : privateDecrypt({ key: key.privateKey, ...oaep }, given)
      return json({ kid, value: value.toString('base64url') })
    } catch {
      return json({ error: { code: 'BadParameter', message: 'The parameter is incorrect.' } }, 400)
    }
  }
  const server = await standIn(answer)
  return { ...server, rotate }
}
