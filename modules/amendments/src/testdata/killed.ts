import type { Principal } from '@hevd/http'
import { createApp } from '@hevd/http'
import { loadCatalogue } from '@hevd/policy'
import { openDatabase } from '@hevd/postgres'
import { testClock } from '@hevd/testing'
import { createAmendments } from '../index.ts'
import { bo, logger, modulesOn } from './world.ts'

/** A server that approves a draft, says so when its texts are written and the entry comes, and is killed there. */
const [url = '', organisation = '', home = '', draft = '', version = '0'] = process.argv.slice(2)
const db = openDatabase({ url, poolSize: 2 })
const clock = testClock('2026-06-01T12:00:00Z')
const catalogue = await loadCatalogue()
const { posture, ledger } = modulesOn(db, home, clock, catalogue)
await ledger.open(organisation)
const amendments = createAmendments({
  db,
  clock,
  ledger,
  catalogue,
  names: async () => new Map(),
  administrators: async () => [bo, organisation],
  posture: {
    ...posture,
    amend: async (...given) => {
      await posture.amend(...given)
      process.stdout.write('amended\n')
      return new Promise(() => {})
    },
  },
})
const principal: Principal = { kind: 'account', id: bo, role: 'administrator' }
const app = await createApp({
  logger,
  tls: null,
  bodyLimit: 10_000,
  callsPerMinute: 100,
  fallbackLocale: 'nb',
  version: '0.0.0',
  authenticate: async () => principal,
  organisationOf: async () => organisation,
})
amendments.register(app)
setInterval(() => {}, 1000)
await app.inject({
  method: 'POST',
  url: `/api/policy/drafts/${draft}/approve`,
  payload: { version: Number(version) },
})
