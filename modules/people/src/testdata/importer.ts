import { writeSync } from 'node:fs'
import { createFeeds } from '@hevd/feeds'
import { createLedger } from '@hevd/ledger'
import { openDatabase } from '@hevd/postgres'
import { pino } from 'pino'
import { peopleDefaults } from '../config.ts'
import { importPeople, previewImport } from '../people.ts'
import { manyPeople } from './many-people.ts'

/** A process that imports so many people and is to be killed meanwhile. Says `begun`, and `imported` when it is acknowledged. */
const [url = '', home = '', organisation = '', count = ''] = process.argv.slice(2)
const db = openDatabase({ url, poolSize: 4 })
const logger = pino({ level: 'silent' })
const clock = { now: () => Math.floor(performance.timeOrigin + performance.now()) }
const ledger = createLedger({ db, clock, home, logger, config: { coalesce: 'PT0.005S', look: 'PT0.02S' } })
await ledger.open(organisation)
await ledger.start()
const feeds = createFeeds({ db, clock, logger, record: ledger.record })
const deps = { db, clock, feeds, ledger, names: async () => new Map(), config: peopleDefaults }
const csv = manyPeople(Number(count))
const { digest } = await previewImport(deps, organisation, csv)
writeSync(1, 'begun\n')
await importPeople(deps, { organisation, by: 'admin' }, csv, { digest, confirmCount: Number(count) })
writeSync(1, 'imported\n')
