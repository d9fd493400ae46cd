import { setTimeout as sleep } from 'node:timers/promises'
import { keepSending } from '../sender.ts'
import { poster } from '../sending/answers.ts'
import { doorbell } from '../sending/doorbell.ts'
import { openSpool } from '../spool/spool.ts'
import { madeFacts } from './made-runs.ts'

/**
 * An agent that sees something else every few milliseconds, to be killed in the middle of it. Arguments: spool file,
 * server, first seed. Prints each seed once the spool has it. On the end of its input it looks no more, and ends when
 * all is sent.
 */
const [, , path = '', server = '', first = '1'] = process.argv
const stop = new AbortController()
const spool = openSpool(path)
const bell = doorbell()
const sending = keepSending({
  spool,
  post: poster(server, 'test', async () => 'token-1', stop.signal),
  log: () => {},
  bell,
  random: () => 0,
  monotonic: () => performance.now(),
  signal: stop.signal,
})
let looking = true
process.stdin.on('end', () => {
  looking = false
})
process.stdin.resume()
for (let seed = Number(first); looking; seed += 1) {
  spool.record({
    host: 'h1',
    collector: 'accounts',
    title: { nb: 'Kontoer', en: 'Accounts' },
    interval: 'PT1M',
    facts: madeFacts(seed),
    coverage: [{ type: 'account', scope: 'h1', state: 'complete', detail: '' }],
    observedAt: seed,
  })
  process.stdout.write(`${seed}\n`)
  bell.ring()
  await sleep(2)
}
while (spool.waiting() > 0) await sleep(10)
stop.abort()
await sending
spool.close()
