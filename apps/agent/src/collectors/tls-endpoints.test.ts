import { createServer as createHttp } from 'node:http'
import { createServer as createHttps, type ServerOptions } from 'node:https'
import type { Server } from 'node:net'
import { createServer as createTls } from 'node:tls'
import { tlsEndpoints } from '@hevd/facts'
import { expect, onTestFinished, test } from 'vitest'
import { collectOnce } from '../collect-once.ts'
import { lookAtNothingElse } from '../config.ts'
import { localHostAccess } from '../host/local.ts'
import { cleansUpBy } from '../testdata/at-end.ts'
import { certificate } from '../testdata/certificate.ts'
import { freePort } from '../testdata/real-sshd.ts'
import { portOf } from '../testdata/speakers.ts'
import { spooled } from '../testdata/spooled.ts'
import { clientHello, readAnswer } from '../tls/hello.ts'
import { tlsEndpointsCollector } from './tls-endpoints.ts'

cleansUpBy(onTestFinished)

async function look(endpoint: string) {
  const access = localHostAccess({
    host: { id: 'h1', name: 'here' },
    look: { ...lookAtNothingElse, endpoints: [endpoint] },
  })
  const { facts, coverage } = await collectOnce(access, [tlsEndpointsCollector])
  expect(coverage).toContainEqual({ type: 'tls-endpoint', scope: endpoint, state: 'complete', detail: '' })
  return tlsEndpoints.parse(facts[0]?.value)
}

async function listen(server: Server, port = 0, address = '127.0.0.1'): Promise<number> {
  await new Promise<void>((ready) => server.listen(port, address, ready))
  onTestFinished(() => {
    server.close()
  })
  return portOf(server.address())
}

function site(options: ServerOptions, headers: Record<string, string> = {}) {
  return createHttps(options, (_request, response) => response.writeHead(200, headers).end('content'))
}

test('a modern site: versions agreed and refused, no weak cipher, HSTS', async () => {
  const options = { ...certificate(), minVersion: 'TLSv1.2' as const }
  const port = await listen(
    site(options, { 'Strict-Transport-Security': 'max-age=31536000; includeSubDomains' }),
  )
  expect(await look(`localhost:${port}`)).toMatchObject({
    answered: true,
    versions: ['TLSv1.2', 'TLSv1.3'],
    refusedVersions: ['SSLv3', 'TLSv1', 'TLSv1.1'],
    weakCiphers: [],
    chain: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    subject: 'localhost',
    issuer: 'localhost',
    speaksHttp: true,
    hstsSeconds: 31_536_000,
    plainHttp: 'not-asked',
  })
})

test('old versions and weak ciphers, the known-bad twin', async () => {
  const ciphers = 'AECDH-AES256-SHA:ECDHE-ECDSA-NULL-SHA:ECDHE-ECDSA-AES128-SHA:@SECLEVEL=0'
  const port = await listen(site({ ...certificate(), minVersion: 'TLSv1', maxVersion: 'TLSv1.2', ciphers }))
  expect(await look(`localhost:${port}`)).toMatchObject({
    versions: ['TLSv1', 'TLSv1.1', 'TLSv1.2'],
    refusedVersions: ['SSLv3', 'TLSv1.3'],
    weakCiphers: ['AECDH-AES256-SHA', 'ECDHE-ECDSA-NULL-SHA'],
    hstsSeconds: null,
  })
})

test('a certificate that is over, and one for another name', async () => {
  const over = certificate('localhost', -1)
  const port = await listen(site(over))
  const seen = await look(`localhost:${port}`)
  expect(seen.notAfter).toBeLessThan(seen.notBefore + 86_400_000)
  expect(['CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT']).toContain(seen.chain)
  expect(new Date(seen.notAfter) < new Date()).toBe(true)
  const other = await listen(site(certificate('other.example')))
  expect(await look(`localhost:${other}`)).toMatchObject({ answered: true, subject: 'other.example' })
})

test('TLS that is not HTTP', async () => {
  const port = await listen(createTls(certificate(), (socket) => socket.end('hello\n')))
  expect(await look(`localhost:${port}`)).toMatchObject({
    answered: true,
    speaksHttp: false,
    hstsSeconds: null,
  })
})

test('nobody there, and somebody who speaks no TLS', async () => {
  expect(await look(`localhost:${await freePort()}`)).toMatchObject({ answered: false, versions: [] })
  const plain = await listen(createHttp((_request, response) => response.end('content')))
  expect(await look(`localhost:${plain}`)).toMatchObject({ answered: false })
})

test('what the same address answers on plain HTTP', async () => {
  const https = async (address: string) => listen(site(certificate()), 443, address)
  const http = (address: string, to: string | null) =>
    listen(
      createHttp((_request, response) =>
        to === null ? response.end('content') : response.writeHead(308, { location: to }).end(),
      ),
      80,
      address,
    )
  await Promise.all(['127.77.0.1', '127.77.0.2', '127.77.0.3', '127.77.0.4'].map(https))
  await http('127.77.0.2', 'https://example.test/')
  await http('127.77.0.3', null)
  await http('127.77.0.4', 'http://example.test/')
  const plain = async (address: string) => (await look(`${address}:443`)).plainHttp
  expect(await plain('127.77.0.1')).toBe('closed')
  expect(await plain('127.77.0.2')).toBe('redirects')
  expect(await plain('127.77.0.3')).toBe('serves')
  expect(await plain('127.77.0.4')).toBe('serves')
})

test('a hello that offers what no library here knows is well formed, and its answer is read', () => {
  const hello = clientHello('TLSv1', [0x0005, 0x000a], 'example.test')
  expect(hello.readUInt16BE(3)).toBe(hello.length - 5)
  expect(hello.readUIntBE(6, 3)).toBe(hello.length - 9)
  const serverHello = Buffer.concat([
    Buffer.from([0x16, 3, 1, 0, 42, 2, 0, 0, 38, 3, 1]),
    Buffer.alloc(32),
    Buffer.from([0, 0, 5, 0]),
  ])
  expect(readAnswer(serverHello, false)).toEqual({ kind: 'chose', version: 0x0301, suite: 0x0005 })
  expect(readAnswer(Buffer.from([0x15, 3, 1, 0, 2, 2, 40]), false)).toEqual({ kind: 'refused' })
  expect(readAnswer(Buffer.alloc(0), false)).toEqual({ kind: 'nothing' })
})

test('an end point that is down is still looked at; one that is taken off the list is gone', async () => {
  const look = spooled(tlsEndpointsCollector)
  const server = site(certificate())
  const id = `localhost:${await listen(server)}`
  const listed = { endpoints: [id] }
  expect((await look(id, listed)).facts).toMatchObject([{ value: { id, answered: true } }])
  server.close()
  expect((await look(id, listed)).facts).toMatchObject([{ value: { id, answered: false } }])
  expect(await look(id)).toEqual({ facts: [], coverage: [] })
})
