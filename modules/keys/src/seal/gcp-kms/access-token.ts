import { createPrivateKey, sign } from 'node:crypto'
import type { Clock, Duration } from '@hevd/core'
import { z } from 'zod'
import { answered, ask } from '../ask.ts'
import { notValid, readSetting } from '../secret.ts'

const serviceAccount = z.object({
  type: z.literal('service_account'),
  client_email: z.string(),
  private_key: z.string(),
  private_key_id: z.string(),
  token_uri: z.url(),
})
const granted = z.object({ access_token: z.string() })

/**
 * An access token for Cloud KMS by a service account's key file ("Using OAuth 2.0 for Server to Server Applications", RFC
 * 7523): a JWT signed with RS256, good for an hour, changed for a token.
 */
export async function accessToken(file: string, clock: Clock, within: Duration): Promise<string> {
  const account = readAccount(file)
  const now = Math.floor(clock.now() / 1000)
  const head = { alg: 'RS256', typ: 'JWT', kid: account.private_key_id }
  const claims = {
    iss: account.client_email,
    scope: 'https://www.googleapis.com/auth/cloudkms',
    aud: account.token_uri,
    iat: now,
    exp: now + 3600,
  }
  const signed = `${base64url(JSON.stringify(head))}.${base64url(JSON.stringify(claims))}`
  const signature = sign('sha256', Buffer.from(signed), createPrivateKey(account.private_key))
  const body = new URLSearchParams({
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    assertion: `${signed}.${signature.toString('base64url')}`,
  }).toString()
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const answer = await ask({ method: 'POST', url: account.token_uri, headers, body }, within)
  return answered('Google', granted, answer).access_token
}

function readAccount(file: string): z.infer<typeof serviceAccount> {
  const read = serviceAccount.safeParse(jsonIn(readSetting(file)))
  if (read.success) return read.data
  throw notValid(
    `${file} er ikke nøkkelen til en tjenestekonto (JSON fra Google).`,
    `${file} is not a service account’s key (Google’s JSON).`,
  )
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const base64url = (text: string) => Buffer.from(text).toString('base64url')
