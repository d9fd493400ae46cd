import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { supervisedElsewhere } from '@hevd/postgres'
import { ordinaryUser } from '@hevd/testing'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import {
  freePort,
  newHome,
  onSmallHost,
  type RunningHevd,
  removeHome,
  startHevd,
  until,
} from './running-hevd.fixture.ts'

const launcher = resolve(import.meta.dirname, '../bin/hevd.mjs')
let home: string
let port: number
let running: RunningHevd

beforeAll(async () => {
  home = newHome(0)
  port = await freePort()
  running = await startHevd({ home, port, uid: 0, postgres: 'system' })
  await until(
    () => fetch(`${running.origin}/api/trust`),
    ({ ok }) => ok,
  )
}, 300_000)

afterAll(async () => {
  await running?.stop()
  await removeHome(home)
})

type Ran = { readonly code: number; readonly out: string; readonly err: string }

/** Runs the command line as a person does, 80 columns wide. */
function hevd(args: readonly string[], uid = 0, where = home): Promise<Ran> {
  const options = {
    maxBuffer: 2 ** 26,
    env: {
      PATH: '/usr/bin:/bin:/usr/sbin:/sbin',
      HEVD_HOME: where,
      HEVD_PORT: String(port),
      LANG: 'nb_NO.UTF-8',
    },
  }
  const looksAtAll = args[0] === 'check' || args[0] === 'doctor'
  const [program, given] = looksAtAll
    ? onSmallHost(uid, [process.execPath, launcher, ...args])
    : [process.execPath, [launcher, ...args]]
  return new Promise((done) => {
    execFile(program, given, options, (error, out, err) =>
      done({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    )
  })
}

describe('hevd verify', () => {
  test('proves the page, pins its key at the first check, and refuses another key', async () => {
    const first = await hevd(['verify', `${running.origin}/trust`])
    expect(first).toMatchObject({ code: 0, err: '' })
    expect(first.out).toContain('48 kontroller er bevist')
    const again = await hevd(['verify', `${running.origin}/trust`, '--lang', 'en', '--json'])
    expect(JSON.parse(again.out)).toMatchObject({ outcome: 'proven', log: [{ code: 'continues' }] })
    const keys = await hevd(['ledger', 'keys', '--json'])
    const [pub, internal] = z.array(z.object({ verifierKey: z.string() })).parse(JSON.parse(keys.out))
    expect((await hevd(['verify', running.origin, '--key', pub?.verifierKey ?? ''])).code).toBe(0)
    const wrong = await hevd(['verify', running.origin, '--key', internal?.verifierKey ?? '', '--json'])
    expect(wrong.code).toBe(1)
    expect(JSON.parse(wrong.out)).toMatchObject({ outcome: 'wrong', log: [{ code: 'another-key' }] })
  })

  test.each([
    ['not-an-address', 'ikke en adresse'],
    ['http://127.0.0.1:1/trust', 'Kan ikke kontrollere'],
  ])('%s is said to be what it is, in the language of the terminal', async (url, said) => {
    const ran = await hevd(['verify', url])
    expect(ran.code).toBe(2)
    expect(ran.err).toContain(said)
  })
})

describe('hevd ledger', () => {
  test('proof prints what an outsider needs, and names what is not there', async () => {
    const proof = await hevd(['ledger', 'proof', 'public', '0'])
    expect(JSON.parse(proof.out)).toMatchObject({ index: 0, checkpoint: expect.stringContaining('/public') })
    for (const [log, index] of [
      ['public', '999999'],
      ['other', '0'],
      ['public', '-1'],
    ] as const) {
      const ran = await hevd(['ledger', 'proof', '--', log, index])
      expect(ran.code).toBe(1)
      expect(ran.err).toContain(index)
    }
  })

  test('verify finds both logs sound beside the running server, and names the entry that somebody altered', async () => {
    expect(await hevd(['ledger', 'verify', '--lang', 'en'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('as they were signed'),
    })
    const secrets = z
      .object({ admin: z.string() })
      .parse(JSON.parse(readFileSync(join(home, 'postgres/secrets.json'), 'utf8')))
    const url = new URL(await supervisedElsewhere(home))
    url.username = 'hevd_admin'
    url.password = secrets.admin
    const admin = new pg.Client({ connectionString: url.href })
    await admin.connect()
    await admin.query(
      `update ledger.entry set data = convert_to(replace(convert_from(data, 'UTF8'), 'posture', 'Posture'), 'UTF8')
       where log = 'public' and index = 7`,
    )
    await admin.end()
    const found = await hevd(['ledger', 'verify', '--json'])
    expect(found.code).toBe(1)
    expect(JSON.parse(found.out)).toMatchObject([
      { result: { kind: 'wrong', fault: { log: 'public', index: 7 } } },
    ])
  })
})

describe('hevd check', () => {
  const report = z.object({
    host: z.string(),
    at: z.iso.datetime(),
    controls: z.array(
      z.object({
        id: z.string(),
        verdict: z.enum(['holds', 'fails', 'unknown']),
        since: z.iso.datetime(),
        until: z.iso.datetime().nullable(),
        why: z
          .object({ code: z.string(), params: z.record(z.string(), z.unknown()), text: z.string() })
          .nullable(),
        findings: z.array(
          z.object({
            test: z.string(),
            subject: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
            verdict: z.enum(['holds', 'fails', 'unknown']),
            exception: z.null(),
          }),
        ),
      }),
    ),
  })

  test.each([
    ['root', 0],
    ['an ordinary user', ordinaryUser.uid],
  ])('as %s prints every control in the promised form, with the promised exit code', async (_who, uid) => {
    const own = newHome(uid)
    const ran = await hevd(['check', '--json'], uid, own)
    await removeHome(own)
    const { controls } = report.parse(JSON.parse(ran.out))
    expect(controls).toHaveLength(48)
    const verdicts = new Set(controls.flatMap(({ findings }) => findings.map(({ verdict }) => verdict)))
    expect(ran.code).toBe(verdicts.has('fails') ? 1 : verdicts.has('holds') ? 0 : 3)
    for (const { why } of controls) expect(why === null || why.text.length > 0).toBe(true)
  })

  test('for people fits 80 columns and speaks their language', async () => {
    const { out } = await hevd(['check'])
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
    expect(out).toContain('overholdt')
  })
})

test('hevd doctor says what it found and what to do', async () => {
  const { out } = await hevd(['doctor', '--json'])
  const found = z
    .array(z.object({ name: z.string(), remedy: z.object({ nb: z.string() }).nullable() }))
    .parse(JSON.parse(out))
  expect(found).toContainEqual(expect.objectContaining({ name: 'server', remedy: null }))
})

test('help is there for every command, in both languages', async () => {
  for (const command of ['up', 'check', 'verify', 'doctor', 'ledger'])
    for (const [lang, word] of [
      ['nb', 'språk'],
      ['en', 'language'],
    ] as const) {
      const { code, out } = await hevd([command, '--help', '--lang', lang])
      expect(code).toBe(0)
      if (command !== 'ledger') expect(out).toContain(word)
    }
})
