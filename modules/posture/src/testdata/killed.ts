import type { Clock } from '@hevd/core'
import { createFeeds } from '@hevd/feeds'
import { createLedger } from '@hevd/ledger'
import { openDatabase } from '@hevd/postgres'
import { createPosture } from '../index.ts'
import { catalogueOf, owned, trained, updated } from './catalogue.ts'
import { feedsThat, logger } from './world.ts'

/** A server that judges two at a time, says so once the third reading is made, and is killed. */
const [url = '', organisation = '', home = ''] = process.argv.slice(2)
const db = openDatabase({ url, poolSize: 2 })
const clock: Clock = { now: () => Date.UTC(2026, 5, 1, 12) }
const ledger = createLedger({ db, clock, home, logger })
let readings = 0
const feeds = feedsThat(createFeeds({ db, clock, logger, record: ledger.record }), async (at) => {
  if (at === 'before') return
  readings += 1
  if (readings >= 3) process.stdout.write('judging\n')
})
const catalogue = catalogueOf([updated, owned, trained])
await createPosture({ db, clock, logger, feeds, ledger, catalogue, config: { batch: 2 } }).settle(
  organisation,
)
process.stdout.write('done\n')
setInterval(() => {}, 1000)
