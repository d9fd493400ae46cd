import { generateKeyPairSync } from 'node:crypto'
import { connect } from 'node:tls'
import { createApp } from '@hevd/http'
import { pino } from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import { agentsServerName, authorityOf } from '../authority/authority.ts'
import { renewListener, serverCertificate } from './listener.ts'

test('the listener’s certificate is renewed while it listens, and clients’ are still asked for', async () => {
  const now = Date.now()
  const authority = await authorityOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey, 'o', now)
  const app = await createApp({
    logger: pino({ level: 'silent' }),
    tls: { ...(await serverCertificate(authority, now)), clientsOf: authority.pem },
    bodyLimit: 1000,
    callsPerMinute: 1000,
    fallbackLocale: 'nb',
    version: '0.0.0',
    describes: false,
    authenticate: async () => null,
    organisationOf: async () => 'o',
  })
  onTestFinished(() => app.close())
  await app.listen({ host: '127.0.0.1', port: 0 })
  const heard: (boolean | undefined)[] = []
  app.server.on('secureConnection', (socket) => heard.push(socket.getPeerX509Certificate() !== undefined))
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { pem } = await authority.issueClient({
    publicKey: publicKey.export({ type: 'spki', format: 'der' }),
    organisation: 'o',
    host: 'h1',
    from: now,
    until: now + 60_000,
  })
  const met = () =>
    new Promise<string | undefined>((done, fail) => {
      const bound = app.server.address()
      const socket = connect({
        host: '127.0.0.1',
        port: typeof bound === 'object' && bound !== null ? bound.port : 0,
        servername: agentsServerName,
        ca: authority.pem,
        key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
        cert: pem,
      })
      socket.once('error', fail)
      socket.once('secureConnect', () => {
        done(socket.getPeerX509Certificate()?.serialNumber)
        socket.end()
      })
    })
  const first = await met()
  await renewListener(app, authority, now)
  const second = await met()
  expect(first).toBeDefined()
  expect(second).not.toBe(first)
  await expect.poll(() => heard).toEqual([true, true])
})
