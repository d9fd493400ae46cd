import { createServer, type ServerOptions } from 'node:https'
import { describe, expect, onTestFinished, test } from 'vitest'
import { cleansUpBy } from '../testdata/at-end.ts'
import { certificate } from '../testdata/certificate.ts'
import { freePort } from '../testdata/real-sshd.ts'
import { portOf } from '../testdata/speakers.ts'
import { collectHere } from './collect.ts'
import { judge, verdict } from './judge.ts'

cleansUpBy(onTestFinished)

const valid = 'encrypted-in-transit/certificate-valid'
const httpsOnly = 'encrypted-in-transit/https-only'
const versions = 'encrypted-in-transit/versions-and-ciphers'
const lasting = { 'strict-transport-security': 'max-age=31536000' }

/** A web site with a certificate for `days`, which the one who looks trusts or not; what is judged of it. */
async function site(given: {
  readonly days?: number
  readonly name?: string
  readonly trusted?: boolean
  readonly headers?: Record<string, string>
  readonly options?: ServerOptions
}) {
  const { key, cert, certFile } = certificate(given.name, given.days ?? 90)
  const server = createServer({ key, cert, ...given.options }, (_request, response) =>
    response.writeHead(200, given.headers ?? lasting).end('content'),
  )
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  onTestFinished(() => {
    server.close()
  })
  const endpoint = `localhost:${portOf(server.address())}`
  const what = { collectors: ['tls-endpoints'], look: { endpoints: [endpoint] } }
  const seen = await collectHere(what, given.trusted === false ? undefined : certFile)
  return (id: string, after = 0) => judge(seen, id, { after })[endpoint]
}

test('a sound site holds', async () => {
  const judged = await site({})
  expect(judged(valid)).toMatchObject(verdict('holds'))
  expect(judged(httpsOnly)).toMatchObject(verdict('holds'))
  expect(judged(versions)).toMatchObject(verdict('holds'))
})

describe('certificates', () => {
  test('one that is over', async () => {
    expect((await site({ days: -1 }))(valid)).toMatchObject(verdict('fails', 'certificate-expired'))
  })
  test('one that ends soon, and one that ends later', async () => {
    expect((await site({ days: 10 }))(valid)).toMatchObject(verdict('fails', 'certificate-expires-soon'))
    expect((await site({ days: 20 }))(valid)).toMatchObject(verdict('holds'))
  })
  test('one that nobody trusts, and one for another name', async () => {
    expect((await site({ trusted: false }))(valid)).toMatchObject(verdict('fails', 'certificate-not-trusted'))
    expect((await site({ name: 'other.example' }))(valid)).toMatchObject(
      verdict('fails', 'certificate-not-trusted', { problem: 'ERR_TLS_CERT_ALTNAME_INVALID' }),
    )
  })
})

test('a site that does not tell browsers to come encrypted, or not for long', async () => {
  expect((await site({ headers: {} }))(httpsOnly)).toMatchObject(verdict('fails', 'hsts-missing'))
  expect((await site({ headers: { 'strict-transport-security': 'max-age=3600' } }))(httpsOnly)).toMatchObject(
    verdict('fails', 'hsts-too-short', { seconds: 3600 }),
  )
})

test('a site that agrees to an old version', async () => {
  const options: ServerOptions = { minVersion: 'TLSv1.1', ciphers: 'DEFAULT:@SECLEVEL=0' }
  expect((await site({ options }))(versions)).toMatchObject(
    verdict('fails', 'version-too-old', { versions: ['TLSv1.1'] }),
  )
})

test('a site that does not answer is not known', async () => {
  const endpoint = `localhost:${await freePort()}`
  const seen = await collectHere({ collectors: ['tls-endpoints'], look: { endpoints: [endpoint] } })
  for (const id of [valid, httpsOnly, versions])
    expect(judge(seen, id)[endpoint]).toMatchObject(verdict('unknown', 'no-answer'))
})
