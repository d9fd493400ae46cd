import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rootContext } from '../../domain/root-key.ts'
import type { KeysError } from '../../errors.ts'
import type { Pkcs11Config } from '../config.ts'
import { pkcs11Seal } from './pkcs11-seal.ts'

const folder = mkdtempSync(join(tmpdir(), 'hevd-softhsm-'))
const library = '/usr/lib/softhsm/libsofthsm2.so'
const pin = '918273'
const rootKey = randomBytes(32)
const context = rootContext('0199a4c2-0000-7000-8000-000000000001')
const path = '/usr/bin:/bin'
const environment = { PATH: path, SOFTHSM2_CONF: join(folder, 'softhsm2.conf') }

const byAes: Pkcs11Config = {
  library,
  token: 'Hevd',
  key: 'a1',
  mechanism: 'aes',
  oaepHash: 'sha256',
  pin: { file: join(folder, 'pin') },
  environment,
}
/** SoftHSM knows OAEP with SHA-1 alone. */
const byRsa: Pkcs11Config = { ...byAes, key: 'b2', mechanism: 'rsa', oaepHash: 'sha1' }

/** A token of SoftHSM with an AES key, which it never gives out, and an RSA pair. */
beforeAll(() => {
  mkdirSync(join(folder, 'tokens'))
  writeFileSync(environment.SOFTHSM2_CONF, `directories.tokendir = ${join(folder, 'tokens')}\n`)
  writeFileSync(join(folder, 'pin'), `${pin}\n`, { mode: 0o600 })
  const run = (program: string, ...args: string[]) =>
    execFileSync(program, args, { env: environment, stdio: 'pipe' })
  run('softhsm2-util', '--init-token', '--free', '--label', 'Hevd', '--pin', pin, '--so-pin', '5678')
  const make = (...args: string[]) =>
    run('pkcs11-tool', '--module', library, '--token-label', 'Hevd', '--login', '--pin', pin, ...args)
  make('--keygen', '--key-type', 'AES:32', '--id', 'a1', '--usage-decrypt', '--sensitive')
  make('--keypairgen', '--key-type', 'rsa:2048', '--id', 'b2', '--usage-decrypt')
})
afterAll(() => rmSync(folder, { recursive: true }))

describe.each([
  ['AES', byAes],
  ['RSA-OAEP', byRsa],
])('the seal by %s in a token (SoftHSM through OpenSC)', (_, config) => {
  const seal = pkcs11Seal(config, 'PT20S')

  test('opens what it sealed', async () => {
    const sealed = await seal.wrap(rootKey, context)
    expect(sealed.kind).toBe('pkcs11')
    expect(await seal.unwrap(JSON.parse(JSON.stringify(sealed)), context)).toEqual(rootKey)
  })

  test('opens nothing for another organisation, and nothing that was altered', async () => {
    const sealed = await seal.wrap(rootKey, context)
    expect((await faultOf(seal.unwrap(sealed, rootContext('another')))).code).toBe('seal-does-not-open')
    const altered = JSON.stringify(sealed).replace(/"ciphertext":"..../, '"ciphertext":"AAAA')
    const fault = await faultOf(seal.unwrap(JSON.parse(altered), context))
    expect(['seal-does-not-open', 'seal-refused']).toContain(fault.code)
  })
})

test.each<[string, Partial<Pkcs11Config>, string, RegExp]>([
  ['a wrong PIN', { pin: { text: '000000' } }, 'seal-refused', /CKR_PIN_INCORRECT/],
  ['no such key', { key: 'c3' }, 'seal-refused', /id c3/],
  ['no such token', { token: 'Other' }, 'seal-unreachable', /Other: CKR_TOKEN_NOT_PRESENT/],
  ['no such library', { library: '/nowhere.so' }, 'seal-not-valid', /\/nowhere\.so/],
  ['no PIN file', { pin: { file: '/nowhere' } }, 'seal-not-valid', /nowhere.*ENOENT/],
  [
    'OpenSC is not installed',
    { environment: { ...environment, PATH: '/nowhere' } },
    'seal-not-valid',
    /apt-get install opensc/,
  ],
])('%s is told in words', async (_, wrong, code, words) => {
  const fault = await faultOf(pkcs11Seal({ ...byAes, ...wrong }, 'PT20S').wrap(rootKey, context))
  expect(fault.code).toBe(code)
  expect(fault.words.nb).toMatch(words)
})

test('neither the PIN nor a key is ever an argument or in a file', async () => {
  const seen = join(folder, 'seen')
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  writeFileSync(join(bin, 'pkcs11-tool'), `#!/bin/sh\necho "$@" >>${seen}\nexec /usr/bin/pkcs11-tool "$@"\n`)
  chmodSync(join(bin, 'pkcs11-tool'), 0o755)
  const seal = pkcs11Seal({ ...byAes, environment: { ...environment, PATH: `${bin}:${path}` } }, 'PT20S')
  await seal.unwrap(await seal.wrap(rootKey, context), context)
  const calls = readFileSync(seen, 'utf8').trim().split('\n')
  expect(calls).toHaveLength(3)
  expect(calls.join('\n')).not.toContain(pin)
  for (const call of calls) expect(call).toMatch(/--pin env:HEVD_PIN --(en|de)crypt/)
})

async function faultOf(doing: Promise<unknown>): Promise<KeysError> {
  return doing.then(
    () => {
      throw new Error('It went well')
    },
    (error: KeysError) => error,
  )
}
