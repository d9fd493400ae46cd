import { openDatabase } from '@hevd/postgres'
import type { KyselyPlugin } from 'kysely'
import { createFeeds, type Report } from '../index.ts'
import { silent } from './world.ts'

/** What the parent sends: a report, and the number of the statement at which the child says `now`; 0 for none. */
export type Order = { readonly report: Report; readonly statement: number }

/** A server that takes the reports its parent sends and sends back what came of each, until it is killed. */
const [url = '', organisation = '', host = ''] = process.argv.slice(2)
const db = openDatabase({ url, poolSize: 2, applicationName: 'killed' })
const clock = { now: () => Date.UTC(2026, 5, 1, 12) }
let left = 0
const counting: KyselyPlugin = {
  transformQuery: ({ node }) => {
    left -= 1
    if (left === 0) process.send?.('now')
    return node
  },
  transformResult: async ({ result }) => result,
}
const feeds = createFeeds({
  db: {
    ...db,
    transaction: (id, run, options) => db.transaction(id, (tx) => run(tx.withPlugin(counting)), options),
  },
  clock,
  logger: silent,
  record: async () => {},
})
await db.ping()

process.on('message', async ({ report, statement }: Order) => {
  left = statement
  const answers = await feeds.take(organisation, host, [report]).catch((error: unknown) => String(error))
  process.send?.(typeof answers === 'string' ? answers : answers[0]?.state)
})
process.on('disconnect', () => process.exit())
process.send?.('ready')
