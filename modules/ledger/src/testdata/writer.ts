import { writeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { openDatabase } from '@hevd/postgres'
import { createLedger } from '../index.ts'

/**
 * A process that writes to a log until it is killed. It says what it was told, a line each, at once: `said <id>` for an
 * entry whose transaction has committed, `served <checkpoint, base64>` for a checkpoint that was served.
 */
const [url = '', home = '', organisation = ''] = process.argv.slice(2)
const say = (line: string) => writeSync(1, `${line}\n`)
const db = openDatabase({ url, poolSize: 6 })
const silent = { info: () => {}, warn: () => {}, error: () => {} }
const ledger = createLedger({
  db,
  clock: { now: () => Math.floor(performance.timeOrigin + performance.now()) },
  home,
  logger: silent,
  config: { coalesce: 'PT0.005S', look: 'PT0.05S', batch: 40 },
})
await ledger.open(organisation)
await ledger.start()

async function write(): Promise<never> {
  for (let n = 0; ; n += 1) {
    const entries = Array.from({ length: 1 + (n % 9) }, () => ({
      kind: 'noted',
      body: { n, pid: process.pid },
    }))
    const ids = await db.transaction(organisation, (tx) =>
      ledger.append(tx, organisation, 'internal', entries),
    )
    say(ids.map((id) => `said ${id}`).join('\n'))
  }
}

async function serve(): Promise<never> {
  for (let last: string | null = null; ; ) {
    const { checkpoint } = await ledger.state(organisation, 'internal')
    if (checkpoint !== null && checkpoint !== last)
      say(`served ${Buffer.from(checkpoint).toString('base64')}`)
    last = checkpoint
    await sleep(3)
  }
}

await Promise.all([write(), write(), serve()])
