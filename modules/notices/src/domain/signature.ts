import { createHmac } from 'node:crypto'

/** Headers of a call, signed by the Standard Webhooks specification (standardwebhooks.com), version 1. */
export type SignedHeaders = {
  readonly 'webhook-id': string
  readonly 'webhook-timestamp': string
  readonly 'webhook-signature': string
}

/**
 * Signs `id.timestamp.body` with HMAC-SHA-256.
 *
 * @param secret `whsec_` and the key in base64, as receivers' libraries take it
 * @param seconds since 1970; receivers refuse what is too far from their own clock
 */
export function signedHeaders(secret: string, id: string, seconds: number, body: string): SignedHeaders {
  const key = Buffer.from(secret.slice(secretPrefix.length), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')
  return { 'webhook-id': id, 'webhook-timestamp': String(seconds), 'webhook-signature': `v1,${signature}` }
}

const secretPrefix = 'whsec_'

/** @param bytes at least 24 random ones, at most 64 */
export function secretOf(bytes: Buffer): string {
  return `${secretPrefix}${bytes.toString('base64')}`
}
