import { createHash, createHmac } from 'node:crypto'
import type { Instant } from '@hevd/core'

export type AwsCredentials = { readonly id: string; readonly secret: string; readonly session: string | null }

/** What is signed: a POST to `/` without a query, which is all that KMS is asked. Header names are in lower case. */
export type SignedPost = {
  readonly host: string
  readonly headers: { readonly [name: string]: string }
  readonly body: string
}

/**
 * The headers of an AWS request with its signature ("Create a signed AWS API request", Signature Version 4): those given,
 * with `host`, `x-amz-date`, `x-amz-security-token` where there is a session, and `authorization`.
 */
export function signPost(
  { host, headers, body }: SignedPost,
  { id, secret, session }: AwsCredentials,
  { region, service, at }: { readonly region: string; readonly service: string; readonly at: Instant },
): { readonly [name: string]: string } {
  const time = new Date(at).toISOString().replaceAll(/[-:]|\.\d{3}/g, '')
  const date = time.slice(0, 8)
  const all: Record<string, string> = { ...headers, host, 'x-amz-date': time }
  if (session !== null) all['x-amz-security-token'] = session
  const names = Object.keys(all).sort()
  const signed = names.join(';')
  const canonical = [
    'POST',
    '/',
    '',
    ...names.map((name) => `${name}:${all[name]?.trim().replaceAll(/ +/g, ' ')}`),
    '',
    signed,
    sha256(body),
  ].join('\n')
  const scope = `${date}/${region}/${service}/aws4_request`
  const toSign = ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n')
  const signature = hmac(signingKey(secret, date, region, service), toSign).toString('hex')
  return {
    ...all,
    authorization: `AWS4-HMAC-SHA256 Credential=${id}/${scope}, SignedHeaders=${signed}, Signature=${signature}`,
  }
}

/** The key of one day, region and service. @param date `YYYYMMDD` */
export function signingKey(secret: string, date: string, region: string, service: string): Buffer {
  return [date, region, service, 'aws4_request'].reduce<Buffer>(
    (key, part) => hmac(key, part),
    Buffer.from(`AWS4${secret}`),
  )
}

const hmac = (key: Buffer, text: string) => createHmac('sha256', key).update(text).digest()
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
