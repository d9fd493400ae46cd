import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Catalogue, type Control, check, each, fails, holds } from '@hevd/core'
import { accountOwners, people, type Said } from '@hevd/facts'
import { createFeeds, feedsMigrations } from '@hevd/feeds'
import { type App, createApp, type Principal } from '@hevd/http'
import { createLedger, ledgerMigrations } from '@hevd/ledger'
import { createPosture, postureMigrations } from '@hevd/posture'
import { addOrganisation, testClock, throwawayDatabase } from '@hevd/testing'
import pg from 'pg'
import { pino } from 'pino'

const ada = '00000000-0000-7000-8000-00000000000a'
const eve = '00000000-0000-7000-8000-00000000000e'
const day = 86_400_000

/** Something is due two days after the start. */
const begun = check('begun/in-time', {
  of: each(people, {
    title: { nb: 'Folk', en: 'People' },
    source: { nb: 'Registeret', en: 'The register' },
    reconciledWith: null,
    noneIsFine: true,
  }),
  reads: (person) => ({ done: accountOwners.ofAccount(`course/${person.id}`) }),
  judge: (person, { done }, _parameters, moment) =>
    done.facts.length === 0 && moment.elapsed(Date.parse(person.startsOn), 'P2D')
      ? fails('not-begun')
      : holds(),
})

const words = { nb: 'Begynt', en: 'Begun' }
const control: Control = {
  id: 'begun',
  section: 'people',
  tests: [begun],
  reasons: { 'not-begun': { nb: () => 'Ikke begynt.', en: () => 'Not begun.' } },
  title: words,
  statement: words,
  how: words,
  next: words,
  proof: ['check'],
  attested: false,
  parameters: [],
  references: {},
  policyDigest: '0'.repeat(64),
  testsDigest: '1'.repeat(64),
}
const catalogue: Catalogue = {
  sections: [{ id: 'people', title: words, controls: [control] }],
  controls: new Map([[control.id, control]]),
  tests: new Map([[begun.id, begun]]),
  populations: [begun.population],
}

const person = (id: string, startsOn: string): Said => ({
  type: 'person',
  value: { id, name: `=${id}`, kind: 'employee', sponsor: null, startsOn, endsOn: null, voluntary: null },
})

/** A period in which people were judged, one of them fails and one has left, answered, sampled and signed; with its API. */
export type AuditedPeriod = {
  readonly app: App
  readonly period: string
  /** Verifier key of the internal log. */
  readonly key: string
  bundle(): Promise<Buffer>
  /** Statements as superuser: what only somebody who owns the database can do. */
  admin(text: string): Promise<unknown>
  end(): Promise<void>
}

export async function auditedPeriod(): Promise<AuditedPeriod> {
  const target = await throwawayDatabase([
    { name: 'ledger', directory: ledgerMigrations },
    { name: 'feeds', directory: feedsMigrations },
    { name: 'posture', directory: postureMigrations },
  ])
  const { db } = target
  const client = new pg.Client({ connectionString: target.adminUrl })
  await client.connect()
  const home = mkdtempSync(join(tmpdir(), 'hevd-audited-'))
  const logger = pino({ level: 'silent' })
  const clock = testClock('2026-06-01T12:00:00Z')
  const organisation = await addOrganisation(db)
  const ledger = createLedger({ db, clock, home, logger })
  await ledger.open(organisation)
  const feeds = createFeeds({ db, clock, logger, record: ledger.record })
  const posture = createPosture({
    db,
    clock,
    logger,
    feeds,
    ledger,
    catalogue,
    administrators: async () => [ada, eve],
    config: { silentAfter: 'PT2000H' },
  })
  const register = { name: 'all', title: words, types: ['person', 'account-owner'] }
  await db.transaction(organisation, (tx) => feeds.openRegister(tx, organisation, register))
  await posture.adopt(organisation)
  const put = (...facts: Said[]) =>
    db.transaction(organisation, (tx) => feeds.put(tx, organisation, 'all', facts))
  await put(person('p1', '2026-05-01'), person('p2', '2026-06-05'), person('p3', '2026-07-20'))
  await posture.settle(organisation)
  clock.advance(10 * day)
  await posture.settle(organisation)
  await db.transaction(organisation, (tx) =>
    feeds.remove(tx, organisation, 'all', [{ type: 'person', key: 'p1' }]),
  )
  await put(person('p4', '2026-06-10'))
  await posture.settle(organisation)
  clock.set(Date.parse('2026-07-02T12:00:00Z'))
  await posture.settle(organisation)

  let who: Principal = { kind: 'account', id: ada, role: 'administrator' }
  const app = await createApp({
    logger,
    tls: null,
    bodyLimit: 10_000,
    callsPerMinute: 10_000,
    fallbackLocale: 'nb',
    version: '0.0.0',
    authenticate: async () => who,
    organisationOf: async () => organisation,
  })
  posture.register(app)
  const call = async (method: 'GET' | 'POST', url: string, payload?: object) => {
    const answer = await app.inject({ method, url, ...(payload && { payload }) })
    if (answer.statusCode !== 200) throw new Error(`${url}: ${answer.body}`)
    return answer
  }
  const days = { title: 'Juni', firstDay: '2026-06-01', lastDay: '2026-06-30' }
  const { id: period } = (await call('POST', '/api/periods', days)).json()
  const path = `/api/periods/${period}`
  await call('POST', `${path}/answers`, {
    control: 'begun',
    deviation: null,
    text: 'Kurset var fullt i juni.',
  })
  who = { kind: 'account', id: eve, role: 'administrator' }
  const { digest } = (await call('GET', `${path}/computed`)).json()
  await call('POST', `${path}/sign`, { digest })
  who = { kind: 'account', id: ada, role: 'auditor', period }
  await call('POST', `${path}/samples`, { test: begun.id, seed: 'høst', size: 3 })
  return {
    app,
    period,
    key: (await ledger.state(organisation, 'internal')).verifierKey,
    admin: (statement) => client.query(statement),
    bundle: async () => (await call('GET', `${path}/bundle?lang=nb`)).rawPayload,
    async end() {
      await app.close()
      await ledger.stop()
      await client.end()
      await target.drop()
      rmSync(home, { recursive: true })
    },
  }
}
