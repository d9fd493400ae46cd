import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startWorld, type World } from './testdata/world.ts'

const lives = 3
const used = 'customers'
let world: World
let admin: string
let user: string
beforeAll(async () => {
  world = await startWorld()
  await world.done(world.ada, 'POST', '/api/root-key', { seal: 'file' })
  await world.done(world.ada, 'POST', '/api/keys', { name: used })
  await world.grant(used, world.rolf, ['encrypt', 'decrypt'])
  admin = await world.tokenOf(world.ada)
  user = await world.tokenOf(world.rolf)
})
afterAll(() => world.stop())

/** What was sent, and what was answered. */
type Heard = {
  sent: number
  uses: number
  newest: number
  readonly ciphertexts: { readonly plaintext: string; readonly ciphertext: string }[]
  readonly made: string[]
}

/** Clients call a server of its own process until it is killed, at a random moment. */
async function oneLife(life: number, heard: Heard): Promise<void> {
  const { target, places, organisation, clock } = world
  const child = spawn(
    process.execPath,
    [
      join(import.meta.dirname, 'testdata', 'server.ts'),
      ...[target.runtimeUrl, places.home, places.file, organisation, String(clock.now())],
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const ended = once(child, 'close')
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  while (!output.includes('\n') && child.exitCode === null) await sleep(5)
  const address = `http://127.0.0.1:${/^listening (\d+)$/m.exec(output)?.[1]}/v1/transit`

  /** The data of an answer; null where there was none, for the server is dead. */
  async function ask(token: string, path: string, body: object): Promise<Record<string, unknown> | null> {
    const answer = await fetch(`${address}/${path}`, {
      method: 'POST',
      headers: { 'x-vault-token': token, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }).then(
      async (response) => ({ status: response.status, json: JSON.parse(await response.text()) }),
      () => null,
    )
    if (answer !== null && answer.status !== 200)
      throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.json)}`)
    return answer === null ? null : answer.json.data
  }
  async function encrypting(client: number): Promise<void> {
    for (let turn = 0; ; turn += 1) {
      const items = [0, 1, 2].map((item) => `${life}/${client}/${turn}/${item}`)
      const batch_input = items.map((text) => ({ plaintext: Buffer.from(text).toString('base64') }))
      heard.sent += batch_input.length
      const data = await ask(user, `encrypt/${used}`, { batch_input })
      if (data === null) return
      const results = data.batch_results as { ciphertext: string }[]
      heard.uses += results.length
      results.forEach(({ ciphertext }, index) => {
        heard.ciphertexts.push({ plaintext: batch_input[index]?.plaintext ?? '', ciphertext })
      })
    }
  }
  async function rotating(): Promise<void> {
    for (;;) {
      const data = await ask(admin, `keys/${used}/rotate`, {})
      if (data === null) return
      heard.newest = Math.max(heard.newest, Number(data.latest_version))
      await sleep(randomInt(40))
    }
  }
  async function making(): Promise<void> {
    for (let turn = 0; ; turn += 1) {
      const name = `made-${life}-${turn}`
      if ((await ask(admin, `keys/${name}`, { type: 'ed25519' })) === null) return
      heard.made.push(name)
    }
  }
  const clients = Promise.all([encrypting(0), encrypting(1), encrypting(2), rotating(), making()])
  const [uses, newest, made] = [heard.uses, heard.newest, heard.made.length]
  while (heard.uses === uses || heard.newest === newest || heard.made.length === made) await sleep(5)
  await sleep(randomInt(800))
  child.kill('SIGKILL')
  await ended
  expect(child.signalCode).toBe('SIGKILL')
  await clients
  clock.advance(10_000)
}

/** The leases that entries of the log tell of: how many uses each, and whether counted or at most. */
async function toldLeases() {
  const { rows } = await world.inside((tx) =>
    sql<{ kind: string; data: Buffer }>`
      select kind, data from (select organisation, kind, data from ledger.outbox
        union all select organisation, kind, data from ledger.entry) as said
      where organisation = ${world.organisation} and kind in ('keys-used', 'key-uses-lost')`.execute(tx),
  )
  return rows.flatMap(({ kind, data }) => {
    const { uses } = JSON.parse(data.toString()) as {
      uses: { lease: string; counts?: Record<string, number>; upTo?: number }[]
    }
    return uses.map(({ lease, counts = {}, upTo }) => ({
      lease,
      isExact: kind === 'keys-used',
      uses: upTo ?? Object.values(counts).reduce((sum, count) => sum + count, 0),
    }))
  })
}

test('kill -9 while it encrypts, rotates and makes keys: what was answered is there, uses are told in full, none of it is half made', async () => {
  const heard: Heard = { sent: 0, uses: 0, newest: 1, ciphertexts: [], made: [] }
  for (let life = 0; life < lives; life += 1) await oneLife(life, heard)
  expect(heard.made.length).toBeGreaterThanOrEqual(lives)

  // Leases of the dead are let be until a minute after their end, and then taken over, once.
  const open = () =>
    world.inside(async (tx) => {
      const { rows } = await sql<{ id: string }>`
        select id from keys.lease where organisation = ${world.organisation} and closed_at is null`.execute(
        tx,
      )
      return rows.map(({ id }) => id)
    })
  const left = await open()
  expect(left.length).toBeGreaterThan(0)
  world.clock.advance(70_000)
  await world.keys.runOnce()
  await world.keys.runOnce()
  expect(await open()).toEqual([])
  const told = await toldLeases()
  expect(new Set(told.map(({ lease }) => lease)).size).toBe(told.length)
  expect(told.flatMap(({ lease, isExact }) => (isExact ? [] : [lease])).sort()).toEqual(left.sort())
  const sum = (leases: typeof told) => leases.reduce((uses, lease) => uses + lease.uses, 0)
  expect(sum(told)).toBeGreaterThanOrEqual(heard.uses)
  expect(sum(told.filter(({ isExact }) => isExact))).toBeLessThanOrEqual(heard.sent)
  console.log(
    `${heard.uses} uses answered of ${heard.sent}, told ${sum(told)}; ${left.length} leases taken over`,
  )

  for (let from = 0; from < heard.ciphertexts.length; from += 500) {
    const batch_input = heard.ciphertexts.slice(from, from + 500)
    const { json } = await world.vault(user, 'POST', `/transit/decrypt/${used}`, { batch_input })
    expect((json as { data: { batch_results: unknown } }).data.batch_results).toEqual(
      batch_input.map(({ plaintext }) => ({ plaintext })),
    )
  }

  const { rows } = await world.inside((tx) =>
    sql<{ name: string; latest: number; versions: number[]; entries: number }>`
      select k.name, k.latest,
        array(select v.version from keys.version v where v.organisation = k.organisation and v.key = k.id
          and v.wrapped is not null order by v.version) as versions,
        (select count(*) from (select organisation, kind, data from ledger.outbox
          union all select organisation, kind, data from ledger.entry) o where o.organisation = k.organisation
          and o.kind in ('key-made', 'key-rotated') and convert_from(o.data, 'UTF8')::json->>'key' = k.id::text) as entries
      from keys.key k where k.organisation = ${world.organisation}`.execute(tx),
  )
  for (const { name, latest, versions, entries } of rows) {
    expect(versions, name).toEqual(Array.from({ length: latest }, (_, index) => index + 1))
    expect(Number(entries), name).toBe(latest)
  }
  const latest = new Map(rows.map(({ name, latest }) => [name, latest]))
  expect(latest.get(used)).toBeGreaterThanOrEqual(heard.newest)
  expect([...latest.keys()]).toEqual(expect.arrayContaining(heard.made))
  await world.grant(heard.made.at(-1) ?? '', world.rolf, ['sign'])
  const signed = await world.vault(user, 'POST', `/transit/sign/${heard.made.at(-1)}`, { input: 'AAAA' })
  expect(signed.status).toBe(200)
}, 120_000)
