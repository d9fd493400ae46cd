import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { verifyLedger } from '@hevd/ledger'
import { openDatabase, supervisedElsewhere } from '@hevd/postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  firstSession,
  freePort,
  newHome,
  type RunningHevd,
  removeHome,
  startHevd,
  until,
} from './running-hevd.fixture.ts'

let home: string
let hevd: RunningHevd
let place: Parameters<typeof startHevd>[0]
let headers: Record<string, string>

beforeAll(async () => {
  home = newHome(0)
  place = { home, port: await freePort(), uid: 0, postgres: 'system' }
  hevd = await startHevd(place)
  const cookie = await firstSession(hevd.origin, hevd.link ?? '')
  headers = { cookie, origin: hevd.origin, 'content-type': 'application/json' }
}, 300_000)

afterAll(async () => {
  if (hevd?.process.exitCode === null) await hevd.stop()
  await removeHome(home)
}, 60_000)

async function call<T>(method: string, path: string, body?: object): Promise<T> {
  const init = { method, headers, ...(body && { body: JSON.stringify(body) }) }
  const response = await fetch(`${hevd.origin}${path}`, init)
  const text = await response.text()
  if (response.status !== 200) throw new Error(`${method} ${path}: ${response.status} ${text}`)
  const answer: T = JSON.parse(text)
  return answer
}
type Listed = { erasures: { state: string; entries: number; observed: object }[] }
const erasures = () => call<Listed>('GET', '/api/erasures')

test('an erasure that is killed again and again ends once, and the log has one leaf of it', {
  timeout: 500_000,
}, async () => {
  const name = 'Zarvik Uforvekslbar'
  const person = { name, kind: 'employee', sponsor: null, startsOn: '2020-01-01', endsOn: '2024-01-31' }
  await call('PUT', '/api/people/77', { ...person, voluntary: true })
  await call('POST', '/api/erasures', { people: [{ id: '77', also: [] }], reason: null, confirm: name })
  const states: string[] = []
  for (let kills = 0; kills < 5; kills += 1) {
    await sleep(randomInt(400))
    await hevd.kill()
    hevd = await startHevd(place)
    states.push((await erasures()).erasures[0]?.state ?? '')
  }
  const [done] = (await until(erasures, ({ erasures: [first] }) => first?.state === 'done')).erasures
  expect([states, done]).toMatchObject([expect.any(Array), { entries: 1, observed: { remains: [] } }])
  const found = await call<{ total: number }>('GET', '/api/people?q=zarvik')
  expect(found.total).toBe(0)
  const leaves = await call<{ items: { body: { entries: object[] } }[] }>(
    'GET',
    '/api/logs/internal/entries?kind=person-erased',
  )
  expect(leaves.items).toMatchObject([{ body: { entries: [{ log: 'internal' }] } }])
  const db = openDatabase({ url: await supervisedElsewhere(home) })
  const { rows } = await db.system(async (tx) => ({
    rows: await tx
      .withTables<{ 'hevd.organisation': { id: string } }>()
      .selectFrom('hevd.organisation')
      .select('id')
      .execute(),
  }))
  for (const { id } of rows) expect(await verifyLedger({ db, home }, id)).toMatchObject({ kind: 'sound' })
  await db.close()
})
