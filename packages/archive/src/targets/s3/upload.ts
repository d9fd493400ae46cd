import { createHash } from 'node:crypto'
import { ArchiveError } from '../../errors.ts'
import type { S3Client } from './client.ts'
import { escapeXml, textOf } from './xml.ts'

const mebibyte = 1 << 20
/** Parts on their way at once. */
const inFlight = 3

/** Bytes of a part, counted from 1: 16 MiB more for every 500, so that the 10,000 that S3 allows hold 1.6 TiB. */
export const partBytes = (number: number): number => 16 * mebibyte * (1 + Math.floor((number - 1) / 500))

/**
 * Uploads content as one object: in one request where it is no longer than a part, else in parts that become an object
 * when the last one is there. An upload that fails is given up, and of one whose program was ended `abortUnfinished` does so.
 * @param headers of the object as it begins
 * @returns its bytes
 */
export async function upload(
  client: S3Client,
  key: string,
  content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  headers: { readonly [name: string]: string },
  signal: AbortSignal | undefined,
): Promise<number> {
  let id: string | null = null
  let bytes = 0
  const tags: Promise<string>[] = []
  try {
    for await (const part of parts(content)) {
      bytes += part.body.length
      if (part.last && id === null) {
        await client.ask({
          method: 'PUT',
          key,
          headers: { ...headers, ...md5(part.body) },
          body: part.body,
          signal,
        })
        return bytes
      }
      id ??= await begin(client, key, headers, signal)
      if (tags.length >= inFlight) await tags[tags.length - inFlight]
      const tag = putPart(client, key, id, tags.length + 1, part.body, signal)
      tag.catch(() => {})
      tags.push(tag)
    }
    if (id !== null) await complete(client, key, id, await Promise.all(tags), signal)
    return bytes
  } catch (error) {
    if (id !== null) {
      await Promise.allSettled(tags)
      await abort(client, key, id).catch(() => {})
    }
    throw error
  }
}

/** Gives up an upload in parts. */
export async function abort(client: S3Client, key: string, id: string): Promise<void> {
  await client.ask({ method: 'DELETE', key, query: { uploadId: id } })
}

/** Content in parts; the last one, which may be empty where it is the only one, says so. */
async function* parts(content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) {
  let number = 1
  let chunks: Uint8Array[] = []
  let held = 0
  for await (const chunk of content) {
    let rest = chunk
    while (held + rest.length > partBytes(number)) {
      const taken = rest.subarray(0, partBytes(number) - held)
      yield { body: Buffer.concat([...chunks, taken]), last: false }
      rest = rest.subarray(taken.length)
      chunks = []
      held = 0
      number += 1
    }
    chunks.push(Buffer.from(rest))
    held += rest.length
  }
  yield { body: Buffer.concat(chunks), last: true }
}

async function begin(
  client: S3Client,
  key: string,
  headers: { readonly [name: string]: string },
  signal: AbortSignal | undefined,
): Promise<string> {
  const answer = await client.ask({ method: 'POST', key, query: { uploads: '' }, headers, signal })
  return required(await answer.text(), 'UploadId', key)
}

async function putPart(
  client: S3Client,
  key: string,
  uploadId: string,
  number: number,
  body: Uint8Array,
  signal: AbortSignal | undefined,
): Promise<string> {
  const query = { partNumber: String(number), uploadId }
  const answer = await client.ask({ method: 'PUT', key, query, headers: md5(body), body, signal })
  const tag = answer.headers.get('etag')
  if (tag === null) throw new ArchiveError('target-refused', { target: key, reason: 'a part without ETag' })
  return tag
}

/** Makes one object of the parts. Its failure may come in an answer of status 200. */
async function complete(
  client: S3Client,
  key: string,
  uploadId: string,
  tags: readonly string[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const listed = tags.map(
    (tag, index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>${escapeXml(tag)}</ETag></Part>`,
  )
  const body = Buffer.from(`<CompleteMultipartUpload>${listed.join('')}</CompleteMultipartUpload>`)
  const answer = await client.ask({ method: 'POST', key, query: { uploadId }, body, signal })
  required(await answer.text(), 'ETag', key)
}

function required(xml: string, name: string, key: string): string {
  const found = textOf(xml, name)
  if (found !== null) return found
  const reason = textOf(xml, 'Message') ?? textOf(xml, 'Code') ?? `an answer without ${name}`
  throw new ArchiveError('target-unreachable', { target: key, reason })
}

const md5 = (body: Uint8Array) => ({ 'content-md5': createHash('md5').update(body).digest('base64') })
