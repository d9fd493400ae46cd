import { chmodSync, mkdirSync, mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { verifyLedger } from '@hevd/ledger'
import { erasureList, erasurePreview } from '@hevd/people/contract'
import { openDatabase, supervisedElsewhere } from '@hevd/postgres'
import { sql } from 'kysely'
import pino from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from './config.ts'
import { type Server, startServer } from './server.ts'
import { searchBytes, searchFolder } from './testdata/byte-search.ts'
import { type Teller, teller } from './testdata/told.ts'

/** Unmistakable, and in letters that change with case, so that every form is another. */
const leaver = {
  id: 'zqx77131q',
  name: 'Qzorvik Tømtebråtenhei',
  mail: 'qzorvik.tb@zqxpost.example',
  login: 'zqxlogin41',
}
const searched = [leaver.id, leaver.name, leaver.mail, leaver.login]
/** An account that stays on the host: its name is the host's. */
const kept = 'zqykeptlogin'
const neighbour = { id: 'zqx77131', name: 'Qzorvik Tømtebråtenhe', mail: 'qzorvik.tc@zqxpost.example' }

let home: string
let server: Server
let cookie: string
let told: Teller

async function start(): Promise<void> {
  server = await startServer({
    config: readConfig(
      { HEVD_HOME: home, HEVD_PORT: '0', HEVD_POSTGRES: 'system', PATH: process.env.PATH },
      true,
    ),
    version: '0.0.0',
    logger: pino({ level: 'info' }, pino.destination({ dest: join(home, 'log', 'hevd.log'), sync: true })),
    monotonic: () => performance.now(),
    progress: () => {},
    thisHost: { id: 'h1', name: 'db1' },
    firstStart: { name: 'Virksomheten', locale: 'nb', timeZone: 'Europe/Oslo' },
  })
  told = teller(server, cookie)
}

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'hevd-erasure-'))
  chmodSync(home, 0o711)
  mkdirSync(join(home, 'log'))
  await start()
  const response = await fetch(`${server.origin}/api/invitations/accept`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      token: (server.firstLink ?? '').split('#')[1],
      name: 'Ada Lie',
      userName: 'ada',
      passphrase: 'en lang nok passfrase',
    }),
  })
  cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  told = teller(server, cookie)
}, 300_000)

afterAll(async () => {
  await server?.stop()
  await rm(home, { recursive: true, force: true })
})

const person = { kind: 'employee', sponsor: null, startsOn: '2022-01-01', endsOn: null, voluntary: null }
const set = {
  class: null,
  place: null,
  encryptedAtRest: true,
  encryptedInTransit: true,
  accessRestricted: true,
  backedUp: true,
  retentionDays: null,
}
const grant = {
  kind: 'other',
  place: 'Fakturasystemet',
  privilege: null,
  from: '2024-02-01',
  until: '2024-12-31',
}
type Items = {
  readonly items: readonly { readonly test: string; readonly subject: { id: string }; readonly why: object }[]
}

const failing = async (q: string) =>
  ((await told.done('GET', `/api/findings?limit=200&q=${q}`)) as Items).items
const until = async <T>(ask: () => Promise<T>, is: (answer: T) => boolean): Promise<T> => {
  for (;;) {
    const answer = await ask()
    if (is(answer)) return answer
    await sleep(200)
  }
}

async function tellEverywhere(): Promise<void> {
  await told.done('PUT', '/api/people/boss1', { ...person, name: 'Berit Sjef' })
  await told.done('PUT', `/api/people/${neighbour.id}`, { ...person, name: neighbour.name })
  await told.done('PUT', `/api/people/${leaver.id}`, { ...person, name: leaver.name })
  await told.done('PUT', '/api/people/con1', {
    ...person,
    name: 'Innleid En',
    kind: 'contractor',
    sponsor: leaver.id,
    endsOn: '2025-03-31',
  })
  await told.done('PUT', '/api/services/backup', { name: 'Sikkerhetskopi', owner: leaver.id })
  await told.done('PUT', '/api/services/backup', { name: 'Sikkerhetskopi', owner: 'boss1' })
  await told.done('PUT', '/api/data-sets/d1', {
    ...set,
    name: `Notatene til ${leaver.name}`,
    owner: leaver.id,
  })
  await told.done('PUT', '/api/data-sets/d1', { ...set, name: `Notatene til ${leaver.name}`, owner: 'boss1' })
  await told.done('PUT', '/api/residency/customers/c1', {
    name: `Kunden til ${leaver.name}`,
    choice: 'eu',
    named: [],
    since: '2025-01-01',
    contract: `Avtalt med ${leaver.name}`,
  })
  await told.done('PUT', '/api/residency/stores/s1', {
    ...{ name: `Mappen til ${leaver.name}`, kind: 'other', place: 'NO', host: null, bytes: null },
    ...{ seenPlace: null, seenOn: null, dedicatedTo: null },
  })
  await told.done('PUT', '/api/residency/subprocessors/u1', {
    ...{ name: `Firmaet til ${leaver.name}`, kind: 'subprocessor', places: ['NO'], reaches: null },
    ...{ payments: true, since: '2025-01-01' },
  })
  await told.done('POST', '/api/residency/subprocessors/u1/attestations', {
    ...{ level: 1, version: '4.0.1', signedOn: '2025-02-01', validUntil: null, evidence: null },
    reference: `Hos ${leaver.name}`,
  })
  await told.done('PUT', '/api/access/g1', {
    ...grant,
    holderKind: 'person',
    holder: leaver.id,
    need: `Vakt for ${leaver.name} <${leaver.mail}>`,
    approvedBy: 'boss1',
  })
  await told.done('PUT', '/api/access/g2', {
    ...grant,
    holderKind: 'person',
    holder: neighbour.id,
    need: `Vakt for ${neighbour.name} <${neighbour.mail}>`,
    approvedBy: leaver.id,
  })
  await told.accounts('h1', 1, [leaver.login, kept], `${leaver.name},,,${leaver.mail}`)
  for (const account of [leaver.login, kept])
    await told.done('PUT', '/api/account-owners', {
      account: `h1/${account}`,
      owner: { kind: 'person', id: leaver.id },
    })
  await told.done('PUT', `/api/people/${leaver.id}`, {
    ...person,
    name: leaver.name,
    endsOn: '2025-01-31',
    voluntary: true,
  })
  const csv = `id,name,serial,user\ndev1,laptop-1,S1,${leaver.mail}\ndev2,laptop-2,S2,${neighbour.mail}\n`
  const list = { of: 'devices', source: 'intune', csv }
  const { digest } = (await told.done('POST', '/api/host-lists/preview', list)) as { digest: string }
  await told.done('POST', '/api/host-lists', { ...list, digest })
}

/** What fails because of the leaver is excepted, answered for in an open period, and a period that is over is signed. */
async function judgeAndAnswer(): Promise<{ readonly open: string; readonly signed: string }> {
  const account = await until(
    () => failing(leaver.login),
    (items) => items.some(({ why }) => JSON.stringify(why).includes(leaver.id)),
  )
  const own = await until(
    () => failing(leaver.id),
    (items) => items.some(({ why }) => JSON.stringify(why ?? '').includes('access-remains')),
  )
  for (const items of [account, own]) {
    const found = items.find(
      ({ why }) => why !== null && /owner-left|access-remains/.test(JSON.stringify(why)),
    )
    const { id } = (await told.done('POST', '/api/exceptions', {
      test: found?.test,
      subject: found?.subject.id,
      reason: `${leaver.name} (${leaver.mail}) er sykmeldt`,
      until: Date.now() + 86_400_000,
    })) as { id: string }
    await told.done('POST', `/api/exceptions/${id}/approve`, {})
  }
  const now = new Date()
  const day = (offset: number) => new Date(now.getTime() + offset * 86_400_000).toISOString().slice(0, 10)
  const made = { title: 'Åpen', firstDay: day(-20), lastDay: day(20) }
  const { id: open } = (await told.done('POST', '/api/periods', made)) as { id: string }
  const past = { title: 'Signert', firstDay: '2025-01-01', lastDay: '2025-12-31' }
  const { id: signed } = (await told.done('POST', '/api/periods', past)) as { id: string }
  const rows = (await told.done('GET', `/api/periods/${open}/tables/deviations?limit=200`)) as {
    items: { test: string; subject: string; from: number }[]
  }
  const deviation = rows.items.find(({ subject }) => subject === leaver.id)
  expect(deviation).toBeDefined()
  await told.done('POST', `/api/periods/${open}/answers`, {
    control: deviation?.test.split('/')[0],
    deviation: { test: deviation?.test, subject: deviation?.subject, from: deviation?.from },
    text: `Vi har snakket med ${leaver.name}.`,
  })
  const { digest } = (await told.done('GET', `/api/periods/${signed}/computed`)) as { digest: string }
  await told.done('POST', `/api/periods/${signed}/sign`, { digest })
  return { open, signed }
}

/** Every answer of the API that can be had without naming anybody, and some that name the leaver. */
async function everyAnswer(periods: readonly string[]): Promise<Map<string, string>> {
  const plain = server.routes
    .filter(({ method, url }) => method === 'GET' && !/[:*]/.test(url) && url.startsWith('/api/'))
    .map(({ url }) => url)
  const paged = [
    '/api/people',
    '/api/findings',
    '/api/access',
    '/api/data-sets',
    '/api/account-owners',
  ].flatMap((url) => [
    `${url}?limit=200`,
    `${url}?limit=200&q=${encodeURIComponent(leaver.name.slice(0, 12))}`,
  ])
  const tables = ['population', 'deviations', 'unseen', 'occurrences', 'exceptions', 'answers']
  const ofPeriods = periods.flatMap((id) => [
    `/api/periods/${id}`,
    `/api/periods/${id}/computed`,
    ...tables.flatMap((table) => [
      `/api/periods/${id}/tables/${table}?limit=200`,
      `/api/periods/${id}/tables/${table}/csv`,
    ]),
  ])
  const logs = ['internal', 'public'].map((log) => `/api/logs/${log}/entries?limit=200`)
  const answers = new Map<string, string>()
  for (const path of [...plain, ...paged, ...ofPeriods, ...logs, `/api/access?show=all&limit=200`])
    answers.set(path, (await told.call('GET', path)).text)
  for (const path of [
    `/api/subject?kind=person&id=${leaver.id}`,
    `/api/subject?kind=account&id=h1/${leaver.login}`,
    `/api/people/${leaver.id}/erasure`,
  ])
    answers.set(`at the address of the leaver ${path.slice(0, 14)}`, (await told.call('GET', path)).text)
  return answers
}

const inAnswers = (answers: Map<string, string>) =>
  [...answers].flatMap(([path, text]) => searchBytes(path, Buffer.from(text), searched))

async function verified(): Promise<string> {
  const db = openDatabase({ url: await supervisedElsewhere(home) })
  const { kind } = await verifyLedger({ db, home }, server.organisation)
  await db.close()
  return kind
}

/** Accounts that were forgotten once they were gone, the files rewritten after it. */
async function forgottenAccounts(): Promise<number> {
  const db = openDatabase({ url: await supervisedElsewhere(home) })
  const { rows } = await db.transaction(server.organisation, (tx) =>
    sql`select from people.erasure where because = 'account' and state = 'done'`.execute(tx),
  )
  await db.close()
  return rows.length
}

const erasures = async () => erasureList.parse(await told.done('GET', '/api/erasures'))

test('a person who is erased is in no byte of what Hevd keeps, and the log still verifies', {
  timeout: 540_000,
}, async () => {
  await tellEverywhere()
  const { open, signed } = await judgeAndAnswer()
  await told.accounts('h1', 2, [kept], leaver.name)
  pino(pino.destination({ dest: join(home, 'log', 'hevd.log'), sync: true })).info(
    { who: leaver.name },
    leaver.mail,
  )
  await until(
    () => failing(leaver.login),
    (items) => items.length === 0,
  )
  const before = await everyAnswer([open, signed])
  const toldBefore = new Set(inAnswers(before).map(({ file }) => file))
  expect([...toldBefore]).toEqual(
    expect.arrayContaining([
      '/api/people?limit=200',
      '/api/findings?limit=200',
      '/api/access?show=all&limit=200',
      '/api/data-sets?limit=200',
      '/api/account-owners?limit=200',
      '/api/exceptions',
      '/api/logs/internal/entries?limit=200',
      `/api/periods/${open}/tables/population/csv`,
      `/api/periods/${open}/tables/deviations/csv`,
      `/api/periods/${open}/tables/exceptions/csv`,
      `/api/periods/${open}/tables/answers/csv`,
    ]),
  )
  await server.stop()
  const bytesBefore = searchFolder(home, searched)
  const folders = (found: typeof bytesBefore.found) =>
    new Set(found.map(({ file }) => file.replace(/\/\d+(\.\d+)?$|\/[0-9A-F]{24}$/, '')))
  for (const token of searched) expect(bytesBefore.found.map((one) => one.token)).toContain(token)
  const databases = [...folders(bytesBefore.found)].filter((folder) =>
    folder.startsWith('postgres/data/base/'),
  )
  expect(databases).not.toEqual([])
  expect([...folders(bytesBefore.found)]).toEqual(
    expect.arrayContaining(['postgres/data/pg_wal', 'log/hevd.log']),
  )

  await start()
  const preview = erasurePreview.parse(await told.done('GET', `/api/people/${leaver.id}/erasure`))
  expect(preview).toMatchObject({ isDue: true, hindrances: [], openPeriods: 1, needsApproval: false })
  expect(preview.accounts).toEqual([
    { account: `h1/${leaver.login}`, seen: false },
    { account: `h1/${kept}`, seen: true },
  ])
  expect((await erasures()).due.map(({ id }) => id)).toContain(leaver.id)
  const asking = { people: [{ id: leaver.id, also: [leaver.mail, leaver.login] }], reason: null }
  expect((await told.call('POST', '/api/erasures', { ...asking, confirm: 'Qzorvik' })).json).toMatchObject({
    code: 'erasure-not-confirmed',
  })
  await told.done('POST', '/api/erasures', { ...asking, confirm: leaver.name })
  const done = await until(erasures, ({ erasures: [first] }) => first?.state === 'done')
  expect(done.erasures[0]).toMatchObject({
    name: null,
    entries: expect.any(Number),
    observed: { remains: [] },
  })
  expect(done.erasures[0]?.entries).toBeGreaterThan(0)

  const after = await everyAnswer([open, signed])
  expect(inAnswers(after)).toEqual([])
  expect(after.get('/api/people?limit=200')).toContain(neighbour.name)
  expect(after.get('/api/access?show=all&limit=200')).toContain(
    `Vakt for ${neighbour.name} <${neighbour.mail}>`,
  )
  expect(after.get('/api/host-lists')).toContain('intune')
  expect(JSON.parse(after.get(`/api/periods/${signed}/computed`) ?? '{}')).toMatchObject({ erased: 1 })
  const rows = JSON.parse(after.get(`/api/periods/${open}/tables/deviations?limit=200`) ?? '{}')
  const pseudonymous = rows.items.filter(({ subject }: { subject: string }) => subject.startsWith('erased/'))
  expect(pseudonymous.length).toBeGreaterThan(0)
  expect(await verified()).toBe('sound')
  await server.stop()
  const bytesAfter = searchFolder(home, searched)
  expect(bytesAfter.found).toEqual([])
  expect(bytesAfter.bytes).toBeGreaterThan(10_000_000)
  expect(searchFolder(home, [neighbour.name]).found.length).toBeGreaterThan(0)
  expect(searchFolder(home, [kept]).found.length).toBeGreaterThan(0)

  // The account that stayed is forgotten too, once it is gone from the host.
  await start()
  await told.accounts('h1', 3, [], '')
  await until(forgottenAccounts, (count) => count === 1)
  await server.stop()
  expect(searchFolder(home, [kept, ...searched]).found).toEqual([])
  expect(searchFolder(home, [neighbour.name]).found.length).toBeGreaterThan(0)
  await start()
})
