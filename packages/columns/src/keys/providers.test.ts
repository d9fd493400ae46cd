import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, createServer as createSocket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TransitPeer, transitPeer } from '../testdata/transit-peer.ts'
import { addRootKey, localKeyFile, makeKeyFile } from './local-key-file.ts'
import type { KeyProvider } from './provider.ts'
import { transit } from './transit.ts'

let folder: string
let peer: TransitPeer
let silent: Server | undefined
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hevd-keys-'))
  peer = await transitPeer()
})
afterAll(async () => {
  silent?.close()
  await peer.close()
  rmSync(folder, { recursive: true })
})

const path = (name: string) => join(folder, name)
const code = (expected: string) => expect.objectContaining({ name: 'ColumnsError', code: expected })

async function holds(provider: KeyProvider): Promise<void> {
  const { plain, wrapped } = await provider.newDataKey()
  expect(plain).toHaveLength(32)
  expect(wrapped).not.toContain(plain.toString('base64').slice(0, 20))
  expect(await provider.unwrap(wrapped)).toEqual(plain)
  expect((await provider.newDataKey()).plain).not.toEqual(plain)
  expect(await provider.unwrap(await provider.rewrap(wrapped))).toEqual(plain)
}

test('a key file holds the root key, for its owner alone', async () => {
  await makeKeyFile(path('root'))
  expect(statSync(path('root')).mode & 0o777).toBe(0o600)
  await holds(localKeyFile(path('root')))
})

test('a root key is added: new keys are wrapped by it, older ones still open, and are rewrapped', async () => {
  await makeKeyFile(path('two'))
  const provider = localKeyFile(path('two'))
  const { plain, wrapped } = await provider.newDataKey()
  await addRootKey(path('two'))
  const [first, second] = readFileSync(path('two'), 'utf8')
    .split('\n')
    .map((line) => line.split(':')[1] ?? '')
  expect(wrapped.split(':')[1]).toBe(first)
  const rewrapped = await provider.rewrap(wrapped)
  expect(rewrapped.split(':')[1]).toBe(second)
  expect(await provider.unwrap(wrapped)).toEqual(plain)
  expect(await provider.unwrap(rewrapped)).toEqual(plain)
})

const bent: readonly [string, string, (file: string) => void][] = [
  ['readable by its group', 'key-file-open-to-others', (file) => chmodSync(file, 0o640)],
  ['readable by all', 'key-file-open-to-others', (file) => chmodSync(file, 0o604)],
  ['gone', 'key-file-unreadable', (file) => rmSync(file)],
  ['empty', 'key-file-malformed', (file) => writeFileSync(file, '')],
  ['cut short', 'key-file-malformed', (file) => writeFileSync(file, readFileSync(file).subarray(0, -5))],
]
test.each(bent)('a key file that is %s is refused', async (name, expected, bend) => {
  const file = path(name)
  await makeKeyFile(file)
  const provider = localKeyFile(file)
  const { wrapped } = await provider.newDataKey()
  bend(file)
  await expect(provider.unwrap(wrapped)).rejects.toThrow(code(expected))
  await expect(provider.newDataKey()).rejects.toThrow(code(expected))
})

test('a key file is never written over, and another one does not unwrap', async () => {
  await makeKeyFile(path('mine'))
  await expect(makeKeyFile(path('mine'))).rejects.toThrow(code('key-file-exists'))
  const { wrapped } = await localKeyFile(path('mine')).newDataKey()
  await makeKeyFile(path('other'))
  const other = localKeyFile(path('other'))
  await expect(other.unwrap(wrapped)).rejects.toThrow(code('wrapped-unfit'))
  const [, , body = ''] = wrapped.split(':')
  const [, id] = (await other.newDataKey()).wrapped.split(':')
  await expect(other.unwrap(`local:${id}:${body}`)).rejects.toThrow(code('wrapped-unfit'))
  await expect(other.unwrap('local:')).rejects.toThrow(code('wrapped-unfit'))
})

test('Transit holds the root key', async () => {
  await holds(
    transit({
      address: `${peer.address}/`,
      token: () => peer.token,
      key: 'app columns',
      namespace: 'team/a',
    }),
  )
  expect(peer.namespaces.has('team/a')).toBe(true)
})

test('what Transit refuses is said, with its words and without the token', async () => {
  const own = { address: peer.address, token: peer.token, key: 'app columns' }
  const { wrapped } = await transit(own).newDataKey()
  await expect(transit({ ...own, token: 'wrong' }).unwrap(wrapped)).rejects.toThrow(code('provider-denied'))
  await expect(transit({ ...own, key: 'none' }).newDataKey()).rejects.toThrow(code('provider-key-missing'))
  await expect(transit({ ...own, mount: 'elsewhere' }).newDataKey()).rejects.toThrow(
    code('provider-key-missing'),
  )
  await expect(transit(own).unwrap('vault:v1:AAAA')).rejects.toThrow(code('wrapped-unfit'))
  peer.sealed = true
  const error = await transit(own)
    .unwrap(wrapped)
    .catch((thrown: unknown) => thrown)
  peer.sealed = false
  expect(error).toEqual(code('provider-sealed'))
  expect(String(error)).toContain('Vault is sealed')
  expect(JSON.stringify([String(error), error])).not.toContain(peer.token)
})

test('a Transit that is not there, is silent or is something else is said to be so', async () => {
  const at = (address: string) => transit({ address, token: 'x', key: 'k', timeout: 200 }).newDataKey()
  const closed = createSocket().listen(0, '127.0.0.1')
  await new Promise((listening) => closed.once('listening', listening))
  const { port } = closed.address() as AddressInfo
  await new Promise((done) => closed.close(done))
  await expect(at(`http://127.0.0.1:${port}`)).rejects.toThrow(code('provider-unreachable'))
  silent = createServer((request, response) => {
    if (request.url?.includes('/elsewhere/')) response.end('<html>')
  })
  silent.listen(0, '127.0.0.1')
  await new Promise((listening) => silent?.once('listening', listening))
  const address = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`
  await expect(at(address)).rejects.toThrow(code('provider-unreachable'))
  await expect(transit({ address, token: 'x', key: 'k', mount: 'elsewhere' }).newDataKey()).rejects.toThrow(
    code('provider-refused'),
  )
  silent.closeAllConnections()
})

test.each(['http://vault.example:8200', 'http://127.0.0.1.example', 'ftp://vault', 'vault', ''])(
  'a token is not sent in clear: %s',
  (address) => {
    expect(() => transit({ address, token: 'x', key: 'k' })).toThrow(code('declaration-wrong'))
  },
)
