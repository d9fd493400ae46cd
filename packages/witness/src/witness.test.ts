import { generateKeyPairSync } from 'node:crypto'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newSigner, parseVerifierKey, verifyNote } from '@hevd/tlog'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createWitness, type Listening, type Witness, witnessErrors } from './index.ts'
import { testLog } from './testdata/log.ts'

const origin = 'hevd/0199/public'
const log = testLog(origin)
const at = Date.UTC(2026, 10, 25, 12)
const options = { name: 'witness.example/w1', logs: [log.watched], clock: { now: () => at } }

let folder: string
let witness: Witness
let served: Listening
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hevd-witness-'))
  witness = await createWitness({ ...options, folder })
  served = await witness.listen({ host: '127.0.0.1', port: 0 })
})
afterEach(async () => {
  await witness.close()
  rmSync(folder, { recursive: true })
})

async function post(body: string, path = '/add-checkpoint') {
  const response = await fetch(`${served.url}${path}`, { method: 'POST', body })
  return { status: response.status, type: response.headers.get('content-type'), body: await response.text() }
}
const refused = (status: number) => expect.objectContaining({ status })

describe('growth', () => {
  test('is confirmed, step by step, with the time', async () => {
    for (const [from, to] of [
      [0, 3],
      [3, 3],
      [3, 8],
      [8, 70],
    ] as const) {
      const answer = await post(await log.request(from, to))
      expect(answer.status).toBe(200)
      const { signers } = await verifyNote(log.checkpoint(to) + answer.body, [
        await parseVerifierKey(witness.verifierKey),
      ])
      expect(signers.map(({ timestamp }) => timestamp)).toEqual([at / 1000])
    }
  })

  test('from a checkpoint it did not see last is told the size it did see', async () => {
    await post(await log.request(0, 8))
    const conflict = { status: 409, type: 'text/x.tlog.size', body: '8\n' }
    expect(await post(await log.request(0, 20))).toEqual(conflict)
    expect(await post(await log.request(5, 20))).toEqual(conflict)
    expect(await post(await log.request(9, 20))).toEqual(conflict)
  })
})

describe('what is no growth is refused', () => {
  beforeEach(async () => {
    await post(await log.request(0, 8))
  })

  test('a fork of the same size', async () => {
    const fork = testLog(origin, log.signer, (index) => (index === 7 ? 'another' : `entry ${index}`))
    expect(await post(await fork.request(8, 8))).toEqual({
      status: 409,
      type: 'text/x.tlog.size',
      body: '8\n',
    })
  })

  test('a longer tree that rewrote an entry', async () => {
    const fork = testLog(origin, log.signer, (index) => (index === 2 ? 'another' : `entry ${index}`))
    expect(await post(await fork.request(8, 20))).toEqual(refused(422))
  })

  test('an older size', async () => {
    expect(await post((await log.request(4, 5)).replace('old 4', 'old 8'))).toEqual(refused(400))
  })

  test('a tampered, a missing and a superfluous proof', async () => {
    const request = await log.request(8, 20)
    const [old = '', first = '', ...rest] = request.split('\n')
    const other = `${first[0] === 'A' ? 'B' : 'A'}${first.slice(1)}`
    expect(await post([old, other, ...rest].join('\n'))).toEqual(refused(422))
    expect(await post([old, ...rest].join('\n'))).toEqual(refused(422))
    expect(await post([old, first, first, ...rest].join('\n'))).toEqual(refused(422))
  })

  test('and what was confirmed stands', async () => {
    expect((await post(await log.request(8, 20))).status).toBe(200)
  })
})

describe('who may be confirmed', () => {
  test('not a log that is not watched', async () => {
    expect(await post(await testLog('hevd/elsewhere').request(0, 3))).toEqual(refused(404))
  })

  test('not a checkpoint by another key, even of the same name', async () => {
    const forged = testLog(origin, newSigner(origin, generateKeyPairSync('ed25519').privateKey))
    expect(await post(await forged.request(0, 3))).toEqual(refused(403))
  })

  test('a signature that does not fit is none', async () => {
    const request = await log.request(0, 3)
    expect(await post(request.replace('\n3\n', '\n4\n'))).toEqual(refused(403))
  })

  test('an empty tree proves nothing, and a first tree needs no proof', async () => {
    const withProof = (await log.request(0, 3)).replace('old 0\n', `old 0\n${'A'.repeat(43)}=\n`)
    expect(await post(withProof)).toEqual(refused(422))
  })
})

test.each([
  ['nothing', ''],
  ['no old size', 'size 3\n\nx\n1\nAAAA\n'],
  ['a size with a zero before it', 'old 03\n\nx\n1\nAAAA\n'],
  ['a proof that is no hash', 'old 3\nAAAA\n\nx\n1\nAAAA\n'],
  ['64 hashes', `old 3\n${`${'A'.repeat(43)}=\n`.repeat(64)}\nx\n1\nAAAA\n`],
  ['no checkpoint', 'old 0\n\nhello\n'],
])('%s is a malformed request', async (_, body) => {
  expect(await post(body)).toEqual(refused(400))
})

test('there is nothing else there', async () => {
  expect(await post('x', '/other')).toEqual(refused(404))
  expect((await fetch(`${served.url}/add-checkpoint`)).status).toBe(405)
  expect(await post('x'.repeat(600_000)).catch(() => refused(413))).toEqual(refused(413))
})

test('of two requests at once that would fork, one is confirmed', async () => {
  await post(await log.request(0, 8))
  const fork = testLog(origin, log.signer, (index) => (index === 9 ? 'another' : `entry ${index}`))
  const requests = await Promise.all([log, fork, log, fork].map((one) => one.request(8, 20)))
  const answers = await Promise.all(requests.map((request) => post(request)))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409])
})

describe('its folder', () => {
  test('has its key for itself alone, and the key stays', async () => {
    expect(statSync(join(folder, 'key.pem')).mode & 0o777).toBe(0o600)
    const { verifierKey } = witness
    await witness.close()
    witness = await createWitness({ ...options, folder })
    expect(witness.verifierKey).toBe(verifierKey)
  })

  test('is used by one witness at a time', async () => {
    await expect(createWitness({ ...options, folder })).rejects.toMatchObject({ code: 'folder-in-use' })
  })

  test('opened to others, without its key or damaged, is refused', async () => {
    await post(await log.request(0, 8))
    await witness.close()
    chmodSync(join(folder, 'key.pem'), 0o644)
    await expect(createWitness({ ...options, folder })).rejects.toMatchObject({ code: 'key-open-to-others' })
    chmodSync(join(folder, 'key.pem'), 0o600)
    const [file = ''] = readdirSync(join(folder, 'seen'))
    const path = join(folder, 'seen', file)
    writeFileSync(path, readFileSync(path, 'utf8').slice(0, 20))
    witness = await createWitness({ ...options, folder })
    await expect(witness.handle(await log.request(8, 20))).rejects.toMatchObject({ code: 'state-damaged' })
    await witness.close()
    rmSync(join(folder, 'key.pem'))
    await expect(createWitness({ ...options, folder })).rejects.toMatchObject({ code: 'key-missing' })
  })
})

test('a log is listed once', async () => {
  const twice = createWitness({ ...options, folder, logs: [log.watched, log.watched] })
  await expect(twice).rejects.toMatchObject({ code: 'log-twice' })
})

test('the README lists every error code', () => {
  const readme = readFileSync(join(import.meta.dirname, '..', 'README.md'), 'utf8')
  const listed = [...readme.matchAll(/^\| `([a-z0-9-]+)` \|/gm)].map(([, code]) => code)
  expect(listed).toEqual(Object.keys(witnessErrors))
})
