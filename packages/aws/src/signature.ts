import { createHash, createHmac } from 'node:crypto'
import type { AwsCredentials } from './credentials.ts'

/** What is signed. Header names are in lower case. */
export type SignedRequest = {
  readonly method: string
  readonly host: string
  /** As it stands in the request line, encoded once (`encodePath`), which is the rule of S3; `/` for other services. */
  readonly path: string
  /** As it stands in the request line after `?`, by `encodeQuery`; empty without. */
  readonly query: string
  readonly headers: { readonly [name: string]: string }
  /** SHA-256 of the body in hex. */
  readonly payload: string
}

/**
 * The headers of an AWS request with its signature ("Create a signed AWS API request", Signature Version 4): those given,
 * with `host`, `x-amz-date`, `x-amz-security-token` where there is a session, and `authorization`.
 * @param at milliseconds since 1970
 */
export function signRequest(
  { method, host, path, query, headers, payload }: SignedRequest,
  { id, secret, session }: AwsCredentials,
  { region, service, at }: { readonly region: string; readonly service: string; readonly at: number },
): { readonly [name: string]: string } {
  const time = new Date(at).toISOString().replaceAll(/[-:]|\.\d{3}/g, '')
  const date = time.slice(0, 8)
  const all: Record<string, string> = { ...headers, host, 'x-amz-date': time }
  if (session !== null) all['x-amz-security-token'] = session
  const names = Object.keys(all).sort()
  const signed = names.join(';')
  const canonical = [
    method,
    path,
    query,
    ...names.map((name) => `${name}:${all[name]?.trim().replaceAll(/ +/g, ' ')}`),
    '',
    signed,
    payload,
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

/** A path as the request line and the signature have it: every octet but the unreserved ones (RFC 3986) and `/`. */
export const encodePath = (path: string): string => path.split('/').map(encode).join('/')

/** A query as the request line and the signature have it, in the order of the signature. */
export function encodeQuery(query: { readonly [name: string]: string }): string {
  return Object.entries(query)
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&')
}

const encode = (text: string) =>
  encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
const hmac = (key: Buffer, text: string) => createHmac('sha256', key).update(text).digest()
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
