import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hostRegions, hosts, namedServices, type ValueOf } from '@hevd/facts'
import { createFeeds, feedsMigrations } from '@hevd/feeds'
import { createApp } from '@hevd/http'
import { createLedger, ledgerMigrations } from '@hevd/ledger'
import { loadCatalogue } from '@hevd/policy'
import type { Tx } from '@hevd/postgres'
import { addOrganisation, testClock, throwawayDatabase } from '@hevd/testing'
import { pino } from 'pino'
import type { Customer, DataStore, Subprocessor } from '../contract.ts'
import { createResidency, type Residency, residencyMigrations } from '../index.ts'

/** The parts of a server that this module needs, over one throwaway database, with an organisation of its own. */
export async function openWorld() {
  const target = await throwawayDatabase([
    { name: 'ledger', directory: ledgerMigrations },
    { name: 'feeds', directory: feedsMigrations },
    { name: 'residency', directory: residencyMigrations },
  ])
  const home = await mkdtemp(join(tmpdir(), 'hevd-residency-'))
  const clock = testClock('2026-06-15T12:00:00Z')
  const logger = pino({ level: 'silent' })
  const ledger = createLedger({ db: target.db, clock, home, logger })
  const feeds = createFeeds({ db: target.db, clock, logger, record: ledger.record })
  const catalogue = await loadCatalogue()
  let organisation = ''
  let role: 'reader' | 'administrator' = 'administrator'
  const parameters: { [name: string]: unknown } = {}
  const deps = {
    ...{ db: target.db, clock, feeds, ledger, catalogue, logger },
    parametersOf: async (_tx: Tx, _organisation: string, control: string) => ({
      ...Object.fromEntries(
        (catalogue.controls.get(control)?.parameters ?? []).map(({ name, default: value }) => [name, value]),
      ),
      ...parameters,
    }),
  }
  const residency = createResidency(deps)
  const app = await createApp({
    logger,
    tls: null,
    bodyLimit: 1_000_000,
    callsPerMinute: 100_000,
    fallbackLocale: 'nb',
    version: '0.0.0',
    authenticate: async () => ({ kind: 'account', id: 'admin', role }),
    organisationOf: async () => organisation,
  })
  residency.register(app)
  const inside = <T>(run: (tx: Tx) => Promise<T>) => target.db.transaction(organisation, run)
  const say = (name: string, type: { readonly name: string }, values: readonly unknown[]) =>
    inside(async (tx) => {
      await feeds.openRegister(tx, organisation, { name, title: { nb: name, en: name }, types: [type.name] })
      await feeds.put(
        tx,
        organisation,
        name,
        values.map((value) => ({ type: type.name, value })),
      )
    })
  return {
    ...{ target, clock, feeds, ledger, catalogue, residency, app, parameters, inside, say },
    /** Another server of the same database. */
    another: (): Residency => createResidency(deps),
    organisation: () => organisation,
    as(next: typeof role) {
      role = next
    },
    /** An organisation with the hosts h1 and h2, of which h1 is in AWS eu-north-1, and the service `shop`. */
    async fresh() {
      organisation = await addOrganisation(target.db)
      role = 'administrator'
      for (const name of Object.keys(parameters)) delete parameters[name]
      await ledger.open(organisation)
      const host = (id: string) => ({ id, name: `${id}.example`, role: 'production', declaredBy: 'admin' })
      await say('hosts', hosts, ['h1', 'h2'].map(host))
      await say('cloud', hostRegions, [region()])
      await say('people', namedServices, [{ id: 'shop', name: 'Nettbutikken', owner: 'p1' }])
    },
    async close() {
      await residency.stop()
      await ledger.stop()
      await target.drop()
      await rm(home, { recursive: true })
    },
    call: (method: 'GET' | 'PUT' | 'POST' | 'DELETE', url: string, payload?: object, token?: string) =>
      app.inject({
        method,
        url: `/api/residency/${url}`,
        ...(payload && { payload }),
        ...(token !== undefined && { headers: { authorization: `Bearer ${token}` } }),
      }),
  }
}

export const region = (over: Partial<ValueOf<typeof hostRegions>> = {}): ValueOf<typeof hostRegions> => ({
  ...{ host: 'h1', cloud: 'aws', region: 'eu-north-1', zone: null, by: 'metadata' },
  ...over,
})

export const store = (over: Partial<DataStore> = {}): DataStore => ({
  id: 'orders',
  name: 'Ordre',
  kind: 'database',
  place: 'aws:eu-north-1',
  host: 'h1',
  seenPlace: null,
  seenOn: null,
  bytes: null,
  dedicatedTo: null,
  ...over,
})

export const customer = (over: Partial<Customer> = {}): Customer => ({
  id: 'acme',
  name: 'Acme AS',
  choice: 'eu',
  named: [],
  since: '2026-01-01',
  contract: 'C-17',
  ...over,
})

export const subprocessor = (over: Partial<Subprocessor> = {}): Subprocessor => ({
  id: 'stripe',
  name: 'Stripe',
  kind: 'subprocessor',
  places: ['IE'],
  reaches: null,
  payments: true,
  since: '2025-01-01',
  ...over,
})
