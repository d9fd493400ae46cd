import { ArchiveError } from '../../errors.ts'
import type { S3Client } from './client.ts'

/** How often a stream that broke off is taken up again where it was without a byte in between. */
const tries = 5

/**
 * The bytes of an object. Where the connection breaks off the rest is asked for, of the very same version; the stream
 * errors when that does not help.
 */
export async function download(
  client: S3Client,
  key: string,
  signal: AbortSignal | undefined,
): Promise<AsyncGenerator<Uint8Array>> {
  const first = await client.ask({ method: 'GET', key, signal })
  const tag = first.headers.get('etag')
  const length = Number(first.headers.get('content-length') ?? Number.NaN)

  async function* bytes() {
    let answer = first
    let at = 0
    for (let left = tries; ; left -= 1) {
      try {
        for await (const chunk of answer.body ?? []) {
          at += chunk.length
          left = tries
          yield chunk
        }
        if (Number.isNaN(length) || at === length) return
      } catch (error) {
        if (signal?.aborted === true) throw error
        if (left === 0 || tag === null)
          throw new ArchiveError(
            'target-unreachable',
            { target: key, reason: 'the connection broke off' },
            error,
          )
      }
      if (left === 0 || tag === null)
        throw new ArchiveError('target-unreachable', { target: key, reason: 'the connection broke off' })
      answer = await client.ask({
        method: 'GET',
        key,
        signal,
        headers: { range: `bytes=${at}-`, 'if-match': tag },
      })
    }
  }
  return bytes()
}
