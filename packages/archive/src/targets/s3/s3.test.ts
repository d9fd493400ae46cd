import { createHash } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import type { S3Setting } from '../setting.ts'
import { addressOf } from './client.ts'
import { s3Target } from './s3-target.ts'
import { partBytes } from './upload.ts'
import { elements, escapeXml, textOf } from './xml.ts'

/*
 * What Swift cannot be made to do (targets.test.ts has it as the real peer): a store that fails, breaks off, keeps under
 * Object Lock. It takes what is asked as it comes; that signatures are right is Swift's to say.
 */

type Heard = {
  readonly method: string
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}
type Answer = (heard: Heard, response: ServerResponse) => void

let server: Server | undefined
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

const noUploads: Answer = (_, response) => response.end('<ListMultipartUploadsResult/>')
const status =
  (code: number, body = ''): Answer =>
  (_, response) =>
    response.writeHead(code).end(body)
const fails = (code: number, name: string) =>
  status(code, `<Error><Code>${name}</Code><Message>So it is.</Message></Error>`)

/** A store that gives these answers, one request each, and what it heard. */
async function store(answers: readonly Answer[], more: Partial<S3Setting> = {}, uploads = noUploads) {
  const heard: Heard[] = []
  const left = [uploads, ...answers]
  server = createServer(async (request, response) => {
    const one = {
      method: request.method ?? '',
      url: request.url ?? '',
      headers: request.headers,
      body: await buffer(request),
    }
    heard.push(one)
    const answer = left.shift() ?? status(500)
    answer(one, response)
  })
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const target = await s3Target(
    {
      kind: 's3',
      endpoint: `http://127.0.0.1:${port}`,
      region: 'eu-north-1',
      bucket: 'bucket',
      prefix: 'p',
      addressing: 'path',
      credentials: { accessKeyId: 'id', secretAccessKey: 'sEcReT' },
      ...more,
    },
    { now: () => Date.parse('2026-11-26T12:00:00Z') },
    true,
  )
  heard.shift()
  return { target, heard }
}

const asked = (heard: readonly Heard[]) => heard.map(({ method, url }) => `${method} ${url}`)

test('what may go better is asked again, and nothing else is', async () => {
  const { target, heard } = await store([
    fails(503, 'SlowDown'),
    (_, response) => response.socket?.destroy(),
    fails(500, 'InternalError'),
    status(200),
    fails(403, 'AccessDenied'),
  ])
  expect(await target.put('a', [Buffer.from('content')])).toEqual({ bytes: 7 })
  expect(asked(heard)).toEqual(Array.from({ length: 4 }, () => 'PUT /bucket/p/a'))
  expect(heard.every(({ body }) => body.toString() === 'content')).toBe(true)
  await expect(target.put('a', [])).rejects.toMatchObject({
    code: 'target-refused',
    params: { reason: 'AccessDenied, So it is' },
  })
  expect(heard).toHaveLength(5)
})

test.each([
  [fails(404, 'NoSuchKey'), 'file-missing'],
  [fails(404, 'NoSuchBucket'), 'target-refused'],
  [fails(403, 'SignatureDoesNotMatch'), 'target-refused'],
  [fails(301, 'PermanentRedirect'), 'target-refused'],
  [status(507), 'target-full'],
])('an answer is named (%#)', async (answer, code) => {
  const { target } = await store([answer])
  const refused = target.get('a')
  await expect(refused).rejects.toMatchObject({ code })
  await refused.catch((error: Error) => expect(`${error.message}${error.cause}`).not.toContain('sEcReT'))
})

describe('a download that breaks off', () => {
  const content = Buffer.alloc(3_000_000, 'some content ')
  const begins =
    (from: number, bytes: number): Answer =>
    (_, response) => {
      response.writeHead(200, { etag: '"e"', 'content-length': content.length - from })
      response.write(content.subarray(from, from + bytes), () => response.socket?.destroy())
    }

  test('goes on where it was, of the same version', async () => {
    const ends: Answer = ({ headers }, response) => {
      const from = Number(/bytes=(\d+)-/.exec(String(headers.range))?.[1])
      response.writeHead(206, { etag: '"e"' }).end(content.subarray(from))
    }
    const { target, heard } = await store([begins(0, 1_000_000), ends])
    expect((await buffer(await target.get('a'))).equals(content)).toBe(true)
    expect(heard[1]?.headers['if-match']).toBe('"e"')
  })

  test('and was replaced meanwhile is an error', async () => {
    const { target } = await store([begins(0, 1_000_000), fails(412, 'PreconditionFailed')])
    await expect(buffer(await target.get('a'))).rejects.toMatchObject({ code: 'target-refused' })
  })

  test('and never comes further is an error, not an end', async () => {
    const { target } = await store([begins(0, 500_000), ...Array.from({ length: 9 }, () => begins(0, 0))])
    await expect(buffer(await target.get('a'))).rejects.toThrow()
  })
})

describe('an upload in parts', () => {
  const content = [Buffer.alloc(partBytes(1), 'a'), Buffer.alloc(1000, 'b')]
  const begun = status(
    200,
    '<InitiateMultipartUploadResult><UploadId>u&amp;1</UploadId></InitiateMultipartUploadResult>',
  )
  const part: Answer = ({ headers, body }, response) => {
    expect(headers['content-md5']).toBe(createHash('md5').update(body).digest('base64'))
    response.writeHead(200, { etag: `"${body.length}"` }).end()
  }

  test('becomes an object when all are there', async () => {
    const { target, heard } = await store([begun, part, part, status(200, '<R><ETag>"x"</ETag></R>')])
    expect(await target.put('a', content)).toEqual({ bytes: partBytes(1) + 1000 })
    expect(asked(heard).sort()).toEqual([
      'POST /bucket/p/a?uploadId=u%261',
      'POST /bucket/p/a?uploads=',
      'PUT /bucket/p/a?partNumber=1&uploadId=u%261',
      'PUT /bucket/p/a?partNumber=2&uploadId=u%261',
    ])
    const tags = elements(heard.at(-1)?.body.toString() ?? '', 'Part').map((each) => textOf(each, 'ETag'))
    expect(tags).toEqual([`"${partBytes(1)}"`, '"1000"'])
  })

  test('that fails in an answer of status 200 has failed, and is given up', async () => {
    const failed = status(200, '<Error><Code>InternalError</Code><Message>Try again</Message></Error>')
    const { target, heard } = await store([begun, part, part, failed, status(204)])
    await expect(target.put('a', content)).rejects.toMatchObject({ code: 'target-unreachable' })
    expect(asked(heard).at(-1)).toBe('DELETE /bucket/p/a?uploadId=u%261')
  })

  test('of which a program was ended is given up when a day has gone by', async () => {
    const upload = (key: string, id: string, begun: string) =>
      `<Upload><Key>${key}</Key><UploadId>${id}</UploadId><Initiated>${begun}</Initiated></Upload>`
    const list = status(
      200,
      `<R>${upload('p/old', '1', '2026-11-25T11:00:00.000Z')}${upload('p/new', '2', '2026-11-26T11:00:00.000Z')}</R>`,
    )
    const { heard } = await store([status(204)], {}, list)
    expect(asked(heard)).toEqual(['DELETE /bucket/p/old?uploadId=1'])
  })

  test('cannot be listed everywhere, which is no hindrance', async () => {
    const { target, heard } = await store([status(200)], {}, fails(501, 'NotImplemented'))
    await target.put('a', [])
    expect(asked(heard)).toEqual(['PUT /bucket/p/a'])
  })

  test('holds 1.6 TiB in the 10,000 parts that are allowed, none above 5 GiB', () => {
    const sizes = Array.from({ length: 10_000 }, (_, index) => partBytes(index + 1))
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeGreaterThan(1.6 * 2 ** 40)
    expect(Math.max(...sizes)).toBeLessThan(5 * 2 ** 30)
  })
})

test('the store itself is told to keep it', async () => {
  const { target, heard } = await store([status(200)], { lockFor: 'P30D' })
  await target.put('a', [Buffer.from('x')])
  expect(heard[0]?.headers).toMatchObject({
    'x-amz-object-lock-mode': 'COMPLIANCE',
    'x-amz-object-lock-retain-until-date': '2026-12-26T12:00:00.000Z',
  })
  expect(heard[0]?.headers.authorization).toContain(
    'x-amz-object-lock-mode;x-amz-object-lock-retain-until-date',
  )
})

test('a bucket stands in the host name or in the path', () => {
  const setting = { endpoint: 'https://s3.eu-north-1.amazonaws.com', bucket: 'b-1' }
  expect(addressOf({ ...setting, addressing: 'virtual-host' })).toEqual({
    protocol: 'https:',
    host: 'b-1.s3.eu-north-1.amazonaws.com',
    base: '',
  })
  expect(addressOf({ ...setting, addressing: 'path' })).toEqual({
    protocol: 'https:',
    host: 's3.eu-north-1.amazonaws.com',
    base: '/b-1',
  })
})

test('any text comes back out of XML', () =>
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' })), (texts) => {
      const xml = `<?xml version="1.0"?><All>${texts.map((text) => `<One a="b"><Key>${escapeXml(text)}</Key></One>`).join('')}</All>`
      expect(elements(xml, 'One').map((one) => textOf(one, 'Key'))).toEqual(texts)
    }),
  ))
