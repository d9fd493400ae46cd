import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { connect } from 'node:tls'
import { promisify } from 'node:util'
import vault from 'node-vault'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Operation } from '../contract.ts'
import { startWorld, type World } from '../testdata/world.ts'

let world: World
let address: string
let certificate: string
let token: string
let made = 0
let name: string
const operations: readonly Operation[] = [
  'encrypt',
  'decrypt',
  'rewrap',
  'datakey',
  'hmac',
  'verify',
  'read',
  'manage',
]
const base64 = (words: string) => Buffer.from(words).toString('base64')

beforeAll(async () => {
  world = await startWorld()
  await world.done(world.ada, 'POST', '/api/root-key', { seal: 'file' })
  token = await world.tokenOf(world.ada)
  ;({ address, certificate } = await world.listen())
})
afterAll(() => world.stop())
beforeEach(() => {
  name = `client-${++made}`
})

describe('node-vault, over TLS', () => {
  const client = () => vault({ endpoint: address, token, requestOptions: { ca: readFileSync(certificate) } })

  test('makes, lists, reads, encrypts, decrypts, batches, rewraps, rotates, makes data keys and deletes', async () => {
    const v = client()
    await v.write(`transit/keys/${name}`, { type: 'aes256-gcm96' })
    await world.grant(name, world.ada, operations)
    expect((await v.list('transit/keys')).data.keys).toContain(name)
    expect((await v.read(`transit/keys/${name}`)).data).toMatchObject({ name, latest_version: 1 })
    const { ciphertext } = (await v.write(`transit/encrypt/${name}`, { plaintext: base64('en') })).data
    expect((await v.write(`transit/decrypt/${name}`, { ciphertext })).data.plaintext).toBe(base64('en'))
    const batch_input = ['to', 'tre'].map((text) => ({ plaintext: base64(text) }))
    const results = (await v.write(`transit/encrypt/${name}`, { batch_input })).data.batch_results
    const back = await v.write(`transit/decrypt/${name}`, { batch_input: results })
    expect(back.data.batch_results).toEqual(batch_input)
    await v.write(`transit/keys/${name}/rotate`, {})
    const rewrapped = (await v.write(`transit/rewrap/${name}`, { ciphertext })).data.ciphertext
    expect(rewrapped).toMatch(/^vault:v2:/)
    const datakey = (await v.write(`transit/datakey/plaintext/${name}`, {})).data
    const opened = await v.write(`transit/decrypt/${name}`, { ciphertext: datakey.ciphertext })
    expect(opened.data.plaintext).toBe(datakey.plaintext)
    await v.write(`transit/keys/${name}/config`, { deletion_allowed: true })
    await v.delete(`transit/keys/${name}`)
    expect((await v.tokenLookupSelf()).data.policies).toEqual(['administrator'])
    expect((await v.mounts()).data['transit/'].type).toBe('transit')
    expect(await v.initialized()).toEqual({ initialized: true })
    expect(await v.status()).toMatchObject({ initialized: true, sealed: false })
    expect(await v.health()).toMatchObject({ initialized: true, sealed: false })
  })

  test('is told what is wrong as Vault tells it', async () => {
    const v = client()
    const fault = (call: Promise<unknown>) =>
      call.then(
        () => null,
        (error: { response: { statusCode: number; body: { errors: string[] } } }) => error.response,
      )
    await v.write(`transit/keys/${name}`, { derived: true })
    await world.grant(name, world.ada, operations)
    const how = { plaintext: base64('en'), context: base64('kunde 1') }
    const { ciphertext } = (await v.write(`transit/encrypt/${name}`, how)).data
    const wrong = v.write(`transit/decrypt/${name}`, { ciphertext, context: base64('kunde 2') })
    expect(await fault(wrong)).toMatchObject({
      statusCode: 400,
      body: { errors: ['cipher: message authentication failed'] },
    })
    expect(await fault(v.read('transit/keys/missing'))).toMatchObject({ statusCode: 404 })
    const stranger = vault({
      endpoint: address,
      token: 'x',
      requestOptions: { ca: readFileSync(certificate) },
    })
    expect(await fault(stranger.read(`transit/keys/${name}`))).toMatchObject({
      statusCode: 403,
      body: { errors: ['permission denied'] },
    })
    await world.done(world.ada, 'POST', '/api/root-key/seal')
    expect(await fault(v.write(`transit/encrypt/${name}`, how))).toMatchObject({ statusCode: 503 })
    expect(await v.status()).toMatchObject({ sealed: true })
    await world.done(world.ada, 'POST', '/api/root-key/open')
    const again = await v.write(`transit/decrypt/${name}`, { ciphertext, context: how.context })
    expect(again.data.plaintext).toBe(how.plaintext)
  })
})

/** What Debian's python3-hvac does with a key, and what it is told where something is wrong. */
const script = `
import base64, json, sys, hvac
address, certificate, token, name, sealed = sys.argv[1:6]
client = hvac.Client(url=address, token=token, verify=certificate)
transit = client.secrets.transit
b64 = lambda text: base64.b64encode(text.encode()).decode()
def fault(call):
    try:
        call()
        return None
    except hvac.exceptions.VaultError as error:
        return type(error).__name__
if sealed == 'sealed':
    print(json.dumps({'sealed': fault(lambda: transit.encrypt_data(name, plaintext=b64('en'))),
                      'is_sealed': client.sys.is_sealed()}))
    sys.exit()
out = {'authenticated': client.is_authenticated(), 'initialized': client.sys.is_initialized()}
out['listed'] = name in transit.list_keys()['data']['keys']
transit.read_key(name=name)
ciphertext = transit.encrypt_data(name, plaintext=b64('en'))['data']['ciphertext']
out['back'] = transit.decrypt_data(name, ciphertext=ciphertext)['data']['plaintext'] == b64('en')
results = transit.encrypt_data(name, plaintext='', batch_input=[{'plaintext': b64(t)} for t in ('to', 'tre')])['data']['batch_results']
opened = transit.decrypt_data(name, ciphertext='', batch_input=[{'ciphertext': r['ciphertext']} for r in results])['data']['batch_results']
out['batch'] = [r['plaintext'] for r in opened] == [b64('to'), b64('tre')]
transit.rotate_key(name=name)
out['rewrapped'] = transit.rewrap_data(name, ciphertext=ciphertext)['data']['ciphertext'][:9]
data_key = transit.generate_data_key(name=name, key_type='plaintext')['data']
out['data_key'] = transit.decrypt_data(name, ciphertext=data_key['ciphertext'])['data']['plaintext'] == data_key['plaintext']
mac = transit.generate_hmac(name, hash_input=b64('en'), algorithm='sha2-512')['data']['hmac']
out['hmac'] = transit.verify_signed_data(name, hash_input=b64('en'), hmac=mac, hash_algorithm='sha2-512')['data']['valid']
out['random'] = len(base64.b64decode(transit.generate_random_bytes(n_bytes=16)['data']['random_bytes']))
out['hash'] = transit.hash_data(hash_input=b64('abc'), algorithm='sha2-256')['data']['sum'][:8]
out['too_new'] = fault(lambda: transit.decrypt_data(name, ciphertext='vault:v9:AAAA'))
out['missing'] = fault(lambda: transit.read_key(name='missing'))
out['backup'] = fault(lambda: transit.backup_key(name=name))
transit.update_key_configuration(name=name, deletion_allowed=True)
transit.delete_key(name=name)
out['deleted'] = fault(lambda: transit.encrypt_data(name, plaintext=b64('en')))
out['health'] = client.sys.read_health_status(method='GET')['sealed']
out['head'] = client.sys.read_health_status().status_code
client.token = 'x'
out['denied'] = fault(lambda: transit.list_keys())
print(json.dumps(out))
`

describe('python3-hvac, over TLS', () => {
  const hvac = async (sealed = '') => {
    const { stdout } = await promisify(execFile)('/usr/bin/python3', [
      ...['-c', script, address, certificate, token, name, sealed],
    ])
    return JSON.parse(stdout)
  }

  test('does the same, and is told what is wrong by Vault’s own exceptions', async () => {
    await world.done(world.ada, 'POST', '/api/keys', { name })
    await world.grant(name, world.ada, operations)
    expect(await hvac()).toEqual({
      ...{ authenticated: true, initialized: true, listed: true, back: true, batch: true },
      ...{ rewrapped: 'vault:v2:', data_key: true, hmac: true, random: 16, hash: 'ba7816bf' },
      ...{
        too_new: 'InvalidRequest',
        missing: 'InvalidPath',
        backup: 'Forbidden',
        deleted: 'InvalidRequest',
      },
      ...{ health: false, head: 200, denied: 'Forbidden' },
    })
    await world.done(world.ada, 'POST', `/api/keys/${name}/restore`)
    await world.done(world.ada, 'POST', '/api/root-key/seal')
    expect(await hvac('sealed')).toEqual({ sealed: 'VaultDown', is_sealed: true })
    await world.done(world.ada, 'POST', '/api/root-key/open')
  })
})

test('LIST among other requests of one connection, and in a body, is what it is', async () => {
  await world.done(world.ada, 'POST', '/api/keys', { name })
  const { hostname, port } = new URL(address)
  const socket = connect({
    host: hostname,
    port: Number(port),
    ca: readFileSync(certificate),
    servername: hostname,
  })
  let answered = ''
  socket.setEncoding('utf8').on('data', (part: string) => {
    answered += part
  })
  const head = (line: string, more = '') =>
    `${line} HTTP/1.1\r\nhost: localhost\r\nx-vault-token: ${token}\r\n${more}\r\n`
  const statuses = () => [...answered.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)
  const send = async (text: string, count: number) => {
    socket.write(text)
    while (statuses().length < count && !socket.destroyed) await new Promise((done) => setTimeout(done, 10))
  }
  await send(head('GET /v1/sys/init'), 1)
  await send(head('LIST /v1/transit/keys'), 2)
  expect(answered).toContain(name)
  const body = '{"input":"LIST /v1/transit/keys HTTP/1.1\\r\\n"}'
  await send(head('POST /v1/transit/hash', `content-length: ${body.length}\r\n`) + body, 3)
  await send(head('GET /v1/sys/init') + head('LIST /v1/transit/keys') + head('LIST /v1/transit/keys'), 6)
  expect(statuses()).toEqual(['200', '200', '400', '200', '200', '200'])
  await send(head('LIST /api/keys'), 7)
  expect(statuses().at(-1)).toBe('400')
  socket.destroy()
})
