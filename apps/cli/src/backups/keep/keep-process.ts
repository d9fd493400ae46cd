import { readConfig } from '@hevd/server/config'
import { wallClock } from '../../clock.ts'
import { environment } from '../../config.ts'
import { whyOf } from '../why.ts'
import { keep } from './keep.ts'
import { keepLog } from './log.ts'

/** The backups of a home beside its server: ends when whoever started it ends, however that is. */
const stopping = new AbortController()
process.stdin.on('end', () => stopping.abort()).resume()
process.on('SIGTERM', () => stopping.abort())
// The terminal's Ctrl C reaches us too; our parent says when to end.
process.on('SIGINT', () => {})
// Who reads what we say may be gone before us; ending in order matters more.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
const log = keepLog(wallClock, (line) => process.stdout.write(`${line}\n`))
try {
  await keep({ config: readConfig(environment, process.getuid?.() === 0), signal: stopping.signal, log })
  process.exit(0)
} catch (error) {
  const { code, words } = whyOf(error)
  log.say('could-not-run', { code, why: words.en })
  process.exit(2)
}
