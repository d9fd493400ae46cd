import { writeSync } from 'node:fs'
import { createFeeds } from '@hevd/feeds'
import { createApp } from '@hevd/http'
import { createIdentity } from '@hevd/identity'
import { createLedger } from '@hevd/ledger'
import { createPeople } from '@hevd/people'
import { openDatabase } from '@hevd/postgres'
import { pino } from 'pino'
import { createKeys, createSealing, sealsDefaults } from '../index.ts'

/**
 * A server of a vault in a process of its own, to be killed while it answers. Its clock begins at a given moment and runs; its
 * leases are for few uses and half a second, so that some are closed and some are open whenever it dies. Says
 * `listening <port>`.
 */
const [url = '', home = '', file = '', organisation = '', begins = ''] = process.argv.slice(2)
const db = openDatabase({ url, poolSize: 4 })
const clock = { now: () => Number(begins) + Math.floor(performance.now()) }
const logger = pino({ level: 'warn' }, pino.destination(2))
const ledger = createLedger({ db, clock, home, logger })
await ledger.open(organisation)
const feeds = createFeeds({ db, clock, logger, record: ledger.record })
const people = createPeople({ db, clock, feeds, ledger, names: async () => new Map() })
const { standing } = createIdentity({ db, clock, record: ledger.record, origin: 'https://localhost' })
const sealing = createSealing({ ...sealsDefaults, home, file }, clock)
const config = { flushEvery: 'PT0.1S', leaseLife: 'PT0.5S', firstLease: 5, longestLease: 40 }
const keys = createKeys({
  db,
  clock,
  feeds,
  ledger,
  people,
  standing,
  sealing,
  logger,
  config,
  version: '1.0.0',
})
const app = await createApp({
  ...{ logger, fallbackLocale: 'nb', version: '1.0.0', lists: '/v1/', tls: null },
  ...{ bodyLimit: 100_000, callsPerMinute: 1_000_000 },
  authenticate: async () => null,
  organisationOf: async () => organisation,
})
keys.register(app)
await keys.start()
await app.listen({ host: '127.0.0.1', port: 0 })
const address = app.server.address()
writeSync(1, `listening ${typeof address === 'object' ? address?.port : address}\n`)
