import { generateKeyPairSync, type KeyObject, randomBytes, verify } from 'node:crypto'
import { z } from 'zod'
import { crc32c } from '../gcp-kms/crc32c.ts'
import { type Heard, json, standIn } from './stand-in.ts'

export const gcpKey = 'projects/p/locations/europe-north1/keyRings/hevd/cryptoKeys/root'

const common = {
  additionalAuthenticatedData: z.base64(),
  additionalAuthenticatedDataCrc32c: z.string(),
}
const encrypting = z.strictObject({ plaintext: z.base64(), plaintextCrc32c: z.string(), ...common })
const decrypting = z.strictObject({ ciphertext: z.base64(), ciphertextCrc32c: z.string(), ...common })
const claims = z.strictObject({
  iss: z.string(),
  scope: z.literal('https://www.googleapis.com/auth/cloudkms'),
  aud: z.string(),
  iat: z.int(),
  exp: z.int(),
})

/** Google's token address and Cloud KMS, with one service account and one key; it checks the JWT's signature. */
export async function gcpKmsStandIn(now: () => number) {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const token = randomBytes(16).toString('hex')
  const kept = new Map<string, { readonly plaintext: string; readonly aad: string }>()
  let damages = false
  const refuse = (code: number, status: string, message: string) =>
    json({ error: { code, message, status } }, code)
  const isWhole = (base64: string, sum: string) => String(crc32c(Buffer.from(base64, 'base64'))) === sum
  const answer = (heard: Heard) => {
    if (heard.path === '/token')
      return isAssertion(heard, publicKey, now())
        ? json({ access_token: token, expires_in: 3599, token_type: 'Bearer' })
        : json({ error: 'invalid_grant', error_description: 'Invalid JWT Signature.' }, 400)
    if (heard.headers.authorization !== `Bearer ${token}`) return refuse(401, 'UNAUTHENTICATED', 'No token.')
    if (heard.path === `/v1/${gcpKey}:encrypt`) {
      const asked = encrypting.parse(JSON.parse(heard.body))
      const aad = asked.additionalAuthenticatedData
      const ciphertext = randomBytes(80).toString('base64')
      kept.set(ciphertext, { plaintext: asked.plaintext, aad })
      return json({
        name: `${gcpKey}/cryptoKeyVersions/1`,
        ciphertext,
        ciphertextCrc32c: String(crc32c(Buffer.from(ciphertext, 'base64'))),
        verifiedPlaintextCrc32c: isWhole(asked.plaintext, asked.plaintextCrc32c),
        verifiedAdditionalAuthenticatedDataCrc32c: isWhole(aad, asked.additionalAuthenticatedDataCrc32c),
        protectionLevel: 'SOFTWARE',
      })
    }
    if (heard.path !== `/v1/${gcpKey}:decrypt`)
      return refuse(403, 'PERMISSION_DENIED', `Permission denied on resource ${heard.path}`)
    const asked = decrypting.parse(JSON.parse(heard.body))
    const found = kept.get(asked.ciphertext)
    if (found === undefined || found.aad !== asked.additionalAuthenticatedData)
      return refuse(400, 'INVALID_ARGUMENT', 'Decryption failed: the ciphertext is invalid.')
    const plaintextCrc32c = crc32c(Buffer.from(found.plaintext, 'base64')) + (damages ? 1 : 0)
    return json({ plaintext: found.plaintext, plaintextCrc32c: String(plaintextCrc32c), usedPrimary: true })
  }
  const server = await standIn(answer)
  const account = {
    type: 'service_account',
    project_id: 'p',
    private_key_id: 'key-1',
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    client_email: 'hevd@p.iam.gserviceaccount.com',
    token_uri: `${server.origin}/token`,
  }
  const damage = (from: boolean) => {
    damages = from
  }
  return { ...server, account, damage }

  function isAssertion({ body, headers }: Heard, key: KeyObject, at: number): boolean {
    const form = new URLSearchParams(body)
    const [head = '', payload = '', signature = ''] = (form.get('assertion') ?? '').split('.')
    const said = claims.parse(JSON.parse(Buffer.from(payload, 'base64url').toString()))
    return (
      form.get('grant_type') === 'urn:ietf:params:oauth:grant-type:jwt-bearer' &&
      headers['content-type'] === 'application/x-www-form-urlencoded' &&
      said.iss === account.client_email &&
      said.aud === account.token_uri &&
      Math.abs(said.iat * 1000 - at) < 60_000 &&
      said.exp - said.iat <= 3600 &&
      verify('sha256', Buffer.from(`${head}.${payload}`), key, Buffer.from(signature, 'base64url'))
    )
  }
}
