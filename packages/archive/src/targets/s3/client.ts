import { createHash, randomInt } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { type AwsCredentials, credentialsIn, encodePath, encodeQuery, signRequest } from '@hevd/aws'
import type { Clock } from '@hevd/core'
import { ArchiveError } from '../../errors.ts'
import type { S3Setting } from '../setting.ts'
import { textOf } from './xml.ts'

export type S3Request = {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE'
  /** Of the object; empty of the bucket. */
  readonly key: string
  readonly query?: { readonly [name: string]: string }
  readonly headers?: { readonly [name: string]: string }
  readonly body?: Uint8Array
  readonly signal?: AbortSignal | undefined
}

/** A bucket that is asked with signed requests. */
export type S3Client = {
  /**
   * The answer, of status 2xx, its body unread. What may go better the next time (no connection, 5xx, 429, a timeout) is
   * asked again, `tries` times in all. Throws `file-missing`, `target-refused`, `target-full`, `target-unreachable`.
   */
  ask(request: S3Request): Promise<Response>
}

const tries = 6
/** Milliseconds until an answer begins. */
const answerWithin = 120_000

export function s3Client(setting: S3Setting, target: string, clock: Clock): S3Client {
  const { protocol, host, base } = addressOf(setting)

  async function once({ method, key, query = {}, headers = {}, body, signal }: S3Request): Promise<Response> {
    const path = encodePath(`${base}/${key}`)
    const search = encodeQuery(query)
    const payload = createHash('sha256')
      .update(body ?? '')
      .digest('hex')
    const { host: _, ...signed } = signRequest(
      {
        method,
        host,
        path,
        query: search,
        payload,
        headers: { ...headers, 'x-amz-content-sha256': payload },
      },
      await credentialsOf(setting.credentials),
      { region: setting.region, service: 's3', at: clock.now() },
    )
    const within = new AbortController()
    const timer = setTimeout(() => within.abort(new Error('no answer in time')), answerWithin)
    try {
      return await fetch(`${protocol}//${host}${path}${search === '' ? '' : `?${search}`}`, {
        method,
        headers: signed,
        redirect: 'manual',
        signal: signal === undefined ? within.signal : AbortSignal.any([within.signal, signal]),
        ...(body === undefined ? {} : { body: new Uint8Array(body) }),
      })
    } finally {
      clearTimeout(timer)
    }
  }

  async function ask(request: S3Request): Promise<Response> {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await once(request).catch((error: unknown) => {
        if (error instanceof ArchiveError || request.signal?.aborted === true) throw error
        return new ArchiveError('target-unreachable', { target, reason: reasonOf(error) }, error)
      })
      if (answer instanceof Response && answer.ok) return answer
      const error = answer instanceof ArchiveError ? answer : await refusal(answer, target, request.key)
      const again = error.code === 'target-unreachable' && attempt < tries
      if (!again) throw error
      await sleep(randomInt(1, 100 * 2 ** attempt), undefined, { signal: request.signal })
    }
  }
  return { ask }
}

/** Where a bucket is asked; `base` goes before the key. */
export function addressOf({
  endpoint,
  bucket,
  addressing,
}: Pick<S3Setting, 'endpoint' | 'bucket' | 'addressing'>) {
  const { protocol, host } = new URL(endpoint)
  if (addressing === 'path') return { protocol, host, base: `/${bucket}` }
  return { protocol, host: `${bucket}.${host}`, base: '' }
}

/** What an answer other than 2xx means (Amazon S3 API Reference, "Error responses"). */
async function refusal(answer: Response, target: string, key: string): Promise<ArchiveError> {
  const xml = await answer.text().catch(() => '')
  const code = textOf(xml, 'Code') ?? `HTTP ${answer.status}`
  if (answer.status === 507 || /^(QuotaExceeded|EntityTooLarge|XMinioStorageFull)$/.test(code))
    return new ArchiveError('target-full', { target })
  if (answer.status === 404 && key !== '' && code !== 'NoSuchBucket')
    return new ArchiveError('file-missing', { target, path: key })
  const passing =
    (answer.status >= 500 && answer.status !== 501) ||
    answer.status === 429 ||
    /^(SlowDown|RequestTimeout)$/.test(code)
  const message = textOf(xml, 'Message')
  const reason = message === null ? code : `${code}, ${message.replace(/\.$/, '')}`
  return new ArchiveError(passing ? 'target-unreachable' : 'target-refused', { target, reason })
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  if (cause instanceof Error) return 'code' in cause ? String(cause.code) : cause.message
  return String(cause)
}

/** The credentials as they are now: a file is what others renew. */
async function credentialsOf(given: S3Setting['credentials']): Promise<AwsCredentials> {
  if ('accessKeyId' in given) return { id: given.accessKeyId, secret: given.secretAccessKey, session: null }
  const notValid = (reason: string, cause?: unknown) =>
    new ArchiveError(
      'target-not-valid',
      { field: 'credentials.file', reason: `${given.file}: ${reason}` },
      cause,
    )
  const text = await readFile(given.file, 'utf8').catch((error: unknown) => {
    throw notValid(error instanceof Error && 'code' in error ? String(error.code) : '', error)
  })
  const found = credentialsIn(text, given.profile)
  if (found === null)
    throw notValid(`profile ${given.profile} lacks aws_access_key_id or aws_secret_access_key`)
  return found
}
