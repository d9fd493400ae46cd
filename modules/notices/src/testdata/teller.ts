import { createIdentity } from '@hevd/identity'
import { openDatabase } from '@hevd/postgres'
import { pino } from 'pino'
import { z } from 'zod'
import { createNotices } from '../index.ts'
import { ask } from './world.ts'

/** What a server that is to be killed is told. */
export const order = z.object({
  url: z.string(),
  organisation: z.string(),
  port: z.int(),
})

// Looks and sends, round after round, until it is killed; says when it begins.
const { url, organisation, port } = order.parse(JSON.parse(process.argv[2] ?? ''))
const db = openDatabase({ url, poolSize: 4 })
const clock = { now: () => Date.now() }
const record = async () => {}
const origin = 'https://hevd.example.org'
const notices = createNotices({
  db,
  clock,
  record,
  logger: pino({ level: 'silent' }),
  accounts: createIdentity({ db, clock, record, origin }),
  asks: [async () => [ask('a'), ask('b')]],
  origin,
  config: {
    smtp: { host: '127.0.0.1', port, tls: 'none', credentials: null, from: 'hevd@example.org' },
    lease: 'PT1S',
    retryAfter: ['PT0.1S'],
  },
})
process.send?.('begun')
for (;;) await notices.round(organisation)
