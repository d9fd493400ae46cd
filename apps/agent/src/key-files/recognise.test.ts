import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { recognise } from './recognise.ts'

const { privateKey } = generateKeyPairSync('ed25519')
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

test('a certificate before its key, and several keys in a file', () => {
  const chain = `-----BEGIN CERTIFICATE-----\nMII=\n-----END CERTIFICATE-----\n${pem}${pem}`
  expect(recognise('/srv/tls.pem', chain)).toMatchObject({
    kind: 'private-key',
    encrypted: false,
    secrets: 2,
  })
})

test.each([
  ['a public key', '-----BEGIN PUBLIC KEY-----\nMII=\n-----END PUBLIC KEY-----\n'],
  ['a beginning without an end', pem.slice(0, -20)],
  ['nothing', ''],
])('%s is no key', (_what, text) => {
  expect(recognise('/srv/a.pem', text)).toBeNull()
})

test('what is called an OpenSSH key and is none counts as open', () => {
  const text = '-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n'
  expect(recognise('/home/kari/id_rsa', text)).toMatchObject({ encrypted: false, fingerprint: null })
})

test('a file made to be looked through for ever is looked through once', () => {
  const begin = '-----BEGIN RSA PRIVATE KEY-----'
  expect(recognise('/home/x/a.pem', begin.repeat(200_000))).toBeNull()
})
