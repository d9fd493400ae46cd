import { spawnSync } from 'node:child_process'
import { createHash, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { KeyDetail, Operation } from '../contract.ts'
import { startWorld, type World } from '../testdata/world.ts'

let world: World
let admin: string
let token: string

const text = 'hemmelig kortnummer'
const base64 = (words: string) => Buffer.from(words).toString('base64')
const everything: readonly Operation[] = ['encrypt', 'decrypt', 'rewrap', 'datakey', 'hmac', 'verify', 'read']

beforeAll(async () => {
  world = await startWorld()
  await world.done(world.ada, 'POST', '/api/root-key', { seal: 'file' })
  admin = await world.tokenOf(world.ada)
  token = await world.tokenOf(world.rolf)
})
afterAll(() => world.stop())

type Data = { readonly [name: string]: unknown } & { readonly batch_results?: readonly Data[] }
const ask = async (path: string, body: object, by = token) => {
  const { status, json } = await world.vault(by, 'POST', `/transit/${path}`, body)
  const { data, errors } = (json ?? {}) as { data?: Data; errors?: string[] }
  return { status, data: data ?? {}, errors }
}
let made = 0
async function newKey(settings: object = {}, operations = everything): Promise<string> {
  const name = `key-${++made}`
  const { status } = await ask(`keys/${name}`, settings, admin)
  expect(status).toBe(200)
  await world.grant(name, world.rolf, operations)
  return name
}
const encrypted = async (name: string, over: object = {}) =>
  String((await ask(`encrypt/${name}`, { plaintext: base64(text), ...over })).data.ciphertext)

describe.each(['aes128-gcm96', 'aes256-gcm96', 'chacha20-poly1305'])('%s', (type) => {
  test('what was encrypted comes back, with its associated data alone', async () => {
    const name = await newKey({ type })
    const ciphertext = await encrypted(name, { associated_data: base64('rad 1') })
    expect(ciphertext).toMatch(/^vault:v1:/)
    expect(Buffer.from(ciphertext.slice(9), 'base64')).toHaveLength(12 + text.length + 16)
    const back = (associated_data?: string) =>
      ask(`decrypt/${name}`, { ciphertext, ...(associated_data && { associated_data }) })
    expect((await back(base64('rad 1'))).data.plaintext).toBe(base64(text))
    expect(await back(base64('rad 2'))).toMatchObject({ status: 400 })
    expect(await back()).toMatchObject({ status: 400, errors: ['cipher: message authentication failed'] })
  })

  test('any bit that is flipped, and anything cut off, is refused', async () => {
    const name = await newKey({ type })
    const whole = Buffer.from((await encrypted(name)).slice(9), 'base64')
    const wrong = [
      ...Array.from({ length: whole.length * 8 }, (_, bit) => {
        const flipped = Buffer.from(whole)
        flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
        return flipped
      }),
      ...Array.from({ length: whole.length }, (_, length) => whole.subarray(0, length)),
      Buffer.concat([whole, Buffer.of(0)]),
    ]
    const batch_input = wrong.map((bytes) => ({ ciphertext: `vault:v1:${bytes.toString('base64')}` }))
    const { status, data } = await ask(`decrypt/${name}`, { batch_input })
    expect(status).toBe(400)
    expect(data.batch_results).toHaveLength(wrong.length)
    for (const result of data.batch_results ?? []) expect(Object.keys(result)).toEqual(['error'])
  })

  test('another key, another version and another context do not open it', async () => {
    const [one, other] = [await newKey({ type }), await newKey({ type })]
    const ciphertext = await encrypted(one)
    expect(await ask(`decrypt/${other}`, { ciphertext })).toMatchObject({ status: 400 })
    await ask(`keys/${one}/rotate`, {}, admin)
    expect(await ask(`decrypt/${one}`, { ciphertext })).toMatchObject({ status: 200 })
    const forged = ciphertext.replace('v1', 'v2')
    expect(await ask(`decrypt/${one}`, { ciphertext: forged })).toMatchObject({ status: 400 })
    const derived = await newKey({ type, derived: true })
    const bound = await encrypted(derived, { context: base64('kunde 1') })
    const by = (context: string) => ask(`decrypt/${derived}`, { ciphertext: bound, context: base64(context) })
    expect((await by('kunde 1')).data.plaintext).toBe(base64(text))
    expect(await by('kunde 2')).toMatchObject({ status: 400 })
    expect(await ask(`decrypt/${derived}`, { ciphertext: bound })).toMatchObject({ status: 400 })
  })

  test('a convergent key gives the same for the same text, context and associated data, and for nothing else', async () => {
    const name = await newKey({ type, derived: true, convergent_encryption: true })
    const context = base64('kunde 1')
    const [first, again] = [await encrypted(name, { context }), await encrypted(name, { context })]
    expect(again).toBe(first)
    const others = [
      await encrypted(name, { context: base64('kunde 2') }),
      await encrypted(name, { context, plaintext: base64('annet') }),
      await encrypted(name, { context, associated_data: base64('rad') }),
    ]
    const nonces = [first, ...others].map((one) => one.slice(9, 25))
    expect(new Set(nonces).size).toBe(4)
  })
})

describe('versions', () => {
  test('an older version is refused once the minimum was raised, also for a replayed ciphertext', async () => {
    const name = await newKey()
    const old = await encrypted(name)
    await ask(`keys/${name}/rotate`, {}, admin)
    const rewrapped = await ask(`rewrap/${name}`, { ciphertext: old })
    expect(rewrapped.data).toMatchObject({ key_version: 2 })
    expect((await ask(`keys/${name}/config`, { min_decryption_version: 2 }, admin)).status).toBe(200)
    expect(await ask(`decrypt/${name}`, { ciphertext: old })).toMatchObject({
      status: 400,
      errors: ['ciphertext or signature version is disallowed by policy (too old)'],
    })
    const ciphertext = rewrapped.data.ciphertext
    expect((await ask(`decrypt/${name}`, { ciphertext })).data.plaintext).toBe(base64(text))
  })

  test('trimming destroys what is stored of a version', async () => {
    const name = await newKey()
    await ask(`keys/${name}/rotate`, {}, admin)
    expect((await ask(`keys/${name}/trim`, { min_available_version: 2 }, admin)).status).toBe(400)
    await ask(`keys/${name}/config`, { min_decryption_version: 2, min_encryption_version: 2 }, admin)
    expect((await ask(`keys/${name}/trim`, { min_available_version: 2 }, admin)).status).toBe(204)
    expect((await ask(`keys/${name}/config`, { min_decryption_version: 1 }, admin)).status).toBe(400)
    const { json } = await world.vault(admin, 'GET', `/transit/keys/${name}`)
    expect(json).toMatchObject({ data: { min_available_version: 2, latest_version: 2 } })
    expect(Object.keys((json as { data: { keys: object } }).data.keys)).toEqual(['2'])
  })

  test('a version is chosen within what the key allows', async () => {
    const name = await newKey()
    await ask(`keys/${name}/rotate`, {}, admin)
    expect(await encrypted(name, { key_version: 1 })).toMatch(/^vault:v1:/)
    await ask(`keys/${name}/config`, { min_encryption_version: 2 }, admin)
    expect((await ask(`encrypt/${name}`, { plaintext: '', key_version: 1 })).status).toBe(400)
    expect((await ask(`encrypt/${name}`, { plaintext: '', key_version: 3 })).status).toBe(400)
  })
})

describe('batches', () => {
  test('keep order and references; a wrong item is told in its place', async () => {
    const name = await newKey()
    const { data } = await ask(`encrypt/${name}`, {
      batch_input: [1, 2, 3].map((n) => ({ plaintext: base64(`nr ${n}`), reference: `r${n}` })),
    })
    const [one, two, three] = data.batch_results ?? []
    const batch_input = [one, { ciphertext: `${two?.ciphertext}x` }, three]
    const answer = await ask(`decrypt/${name}`, { batch_input })
    expect(answer).toMatchObject({
      status: 400,
      data: {
        batch_results: [
          { plaintext: base64('nr 1'), reference: 'r1' },
          { error: 'invalid ciphertext' },
          { plaintext: base64('nr 3'), reference: 'r3' },
        ],
      },
    })
    const partial = await ask(`decrypt/${name}`, { batch_input, partial_failure_response_code: 206 })
    expect(partial.status).toBe(206)
  })
})

describe('signing', () => {
  test.each<[string, object, (publicKey: string, signature: Buffer) => boolean]>([
    [
      'ed25519',
      {},
      (raw, signature) => {
        const x = Buffer.from(raw, 'base64').toString('base64url')
        const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
        return verify(null, Buffer.from(text), key, signature)
      },
    ],
    [
      'ecdsa-p256',
      { hash_algorithm: 'sha2-256' },
      (pem, signature) => verify('sha256', Buffer.from(text), pem, signature),
    ],
    [
      'ecdsa-p256',
      { hash_algorithm: 'sha2-512' },
      (pem, signature) => verify('sha512', Buffer.from(text), pem, signature),
    ],
  ])('%s %j: the public key that is told verifies it, and so does the vault', async (type, how, verifies) => {
    const name = await newKey({ type }, ['sign', 'verify', 'read'])
    const { data } = await ask(`sign/${name}`, { input: base64(text), ...how })
    const signature = String(data.signature)
    const { json } = await world.vault(token, 'GET', `/transit/keys/${name}`)
    const told = (json as { data: { keys: { 1: { public_key: string } } } }).data.keys[1].public_key
    expect(verifies(told, Buffer.from(signature.slice(9), 'base64'))).toBe(true)
    const asked = (over: object) => ask(`verify/${name}`, { input: base64(text), signature, ...how, ...over })
    expect((await asked({})).data).toEqual({ valid: true })
    expect((await asked({ input: base64('annet') })).data).toEqual({ valid: false })
  })

  test('JWS marshalling of P-256 is r and s, 64 bytes, base64url', async () => {
    const name = await newKey({ type: 'ecdsa-p256' }, ['sign', 'verify', 'read'])
    const how = { input: base64(text), marshaling_algorithm: 'jws' }
    const signature = String((await ask(`sign/${name}`, how)).data.signature)
    expect(Buffer.from(signature.slice(9), 'base64url')).toHaveLength(64)
    expect((await ask(`verify/${name}`, { ...how, signature })).data).toEqual({ valid: true })
  })

  test.each(['ecdsa-p256', 'ed25519'])(
    '%s refuses a hash that was made before, by name, and counts no use',
    async (type) => {
      const name = await newKey({ type }, ['sign', 'verify', 'read'])
      const hash = createHash('sha256').update(text).digest('base64')
      const { signature } = (await ask(`sign/${name}`, { input: base64(text) })).data
      for (const prehashed of [true, 'true'])
        for (const asked of [
          ask(`sign/${name}/sha2-256`, { input: hash, prehashed }),
          ask(`verify/${name}/sha2-256`, { input: hash, prehashed, signature }),
        ])
          expect(await asked).toMatchObject({
            status: 400,
            errors: [expect.stringMatching(`^prehashed is not supported for key type ${type}: `)],
          })
      expect((await ask(`sign/${name}`, { input: base64(text), prehashed: false })).status).toBe(200)
      world.clock.advance(15_000)
      await world.keys.runOnce()
      const { uses } = await world.done<KeyDetail>(world.rolf, 'GET', `/api/keys/${name}`)
      expect(uses).toMatchObject([{ exact: true, uses: 2, counts: { 'sign/1': 2 } }])
    },
  )

  test.each(['sha256', 'sha384', 'sha512'])(
    'P-256 with %s gives the signature of that hash, as openssl verifies it',
    async (hash) => {
      const name = await newKey({ type: 'ecdsa-p256' }, ['sign', 'read'])
      const how = { input: base64(text), hash_algorithm: hash.replace('sha', 'sha2-') }
      const signature = String((await ask(`sign/${name}`, how)).data.signature)
      const { json } = await world.vault(token, 'GET', `/transit/keys/${name}`)
      const folder = mkdtempSync(join(tmpdir(), 'hevd-signed-'))
      try {
        writeFileSync(
          join(folder, 'key'),
          (json as { data: { keys: { 1: { public_key: string } } } }).data.keys[1].public_key,
        )
        writeFileSync(join(folder, 'signature'), Buffer.from(signature.slice(9), 'base64'))
        const verified = (content: string) => {
          writeFileSync(join(folder, 'hash'), createHash(hash).update(content).digest())
          const given = ['-verify', '-pubin', '-inkey', 'key', '-sigfile', 'signature', '-in', 'hash']
          return spawnSync('openssl', ['pkeyutl', ...given], { cwd: folder }).status === 0
        }
        expect([verified(text), verified('annet')]).toEqual([true, false])
      } finally {
        rmSync(folder, { recursive: true })
      }
    },
  )

  test('Node.js hashes what it is given to sign with no hash named: why a hash cannot be signed', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const hash = createHash('sha256').update(text).digest()
    const signature = sign(null, hash, privateKey)
    expect([
      verify('sha256', Buffer.from(text), publicKey, signature),
      verify('sha256', hash, publicKey, signature),
    ]).toEqual([...[false, true]])
  })

  test('a key for signing does not encrypt, and one for encrypting does not sign', async () => {
    const name = await newKey({ type: 'ed25519' }, ['sign', 'verify', 'read'])
    expect((await ask(`encrypt/${name}`, { plaintext: '' })).status).toBe(403)
    const other = await newKey({}, everything)
    expect((await ask(`verify/${other}`, { input: '', signature: 'vault:v1:AAAA' })).status).toBe(400)
  })
})

describe('HMAC, hashes and random bytes', () => {
  test.each(['sha2-224', 'sha2-256', 'sha2-384', 'sha2-512', 'sha3-256', 'sha3-512'])(
    '%s',
    async (algorithm) => {
      const name = await newKey({ type: 'hmac' }, ['hmac', 'verify'])
      const { data } = await ask(`hmac/${name}/${algorithm}`, { input: base64(text) })
      const asked = (input: string) =>
        ask(`verify/${name}/${algorithm}`, { input: base64(input), hmac: data.hmac })
      expect((await asked(text)).data).toEqual({ valid: true })
      expect((await asked('annet')).data).toEqual({ valid: false })
    },
  )

  test('FIPS 180-4 and 202 examples of “abc”', async () => {
    const sums = {
      'sha2-256': 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
      'sha3-256': '3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532',
    }
    for (const [algorithm, sum] of Object.entries(sums))
      expect((await ask(`hash/${algorithm}`, { input: base64('abc') })).data).toEqual({ sum })
  })

  test('random bytes are as many as were asked for', async () => {
    const { data } = await ask('random/16', { format: 'hex' })
    expect(data.random_bytes).toMatch(/^[0-9a-f]{32}$/)
    expect((await ask('random', { bytes: 0 })).status).toBe(400)
  })
})

test('a data key opens as what it was told in clear', async () => {
  const name = await newKey()
  const { data } = await ask(`datakey/plaintext/${name}`, { bits: 512 })
  expect(Buffer.from(String(data.plaintext), 'base64')).toHaveLength(64)
  const { ciphertext, plaintext } = data
  expect((await ask(`decrypt/${name}`, { ciphertext })).data.plaintext).toBe(plaintext)
  expect(Object.keys((await ask(`datakey/wrapped/${name}`, {})).data)).toEqual(['ciphertext', 'key_version'])
})

test('what is no JSON, no base64 and no ciphertext is the caller’s fault', async () => {
  const name = await newKey()
  const answer = await world.app.inject({
    ...{ method: 'POST', url: `/v1/transit/encrypt/${name}`, payload: '{' },
    headers: { 'x-vault-token': token, 'content-type': 'application/x-www-form-urlencoded' },
  })
  expect(answer.statusCode).toBe(400)
  expect(answer.json()).toEqual({ errors: [expect.any(String)] })
  expect((await ask(`encrypt/${name}`, { plaintext: '*' })).status).toBe(400)
  expect((await ask(`encrypt/${name}`, {})).errors).toEqual(['missing plaintext to encrypt'])
  for (const ciphertext of ['', 'vault:v1:', 'vault:v0:AAAA', 'vault:v01:AAAA', 'vault:v9:AAAA', 'AAAA'])
    expect(await ask(`decrypt/${name}`, { ciphertext })).toMatchObject({ status: 400 })
  expect(await world.vault(token, 'GET', '/transit/nothing')).toMatchObject({ status: 404 })
})
