import { setTimeout as sleep } from 'node:timers/promises'
import { archiveWal, type Journal, type Plan, type WalEvent } from '@hevd/archive'
import { type Instant, plus } from '@hevd/core'
import type { ServerConfig } from '@hevd/server'
import { urlOf } from '../own-database.ts'
import { type Place, withRepository } from '../where.ts'
import { whyOf } from '../why.ts'
import type { KeepLog } from './log.ts'

const shortestWait = 1000
const longestWait = 5 * 60_000
/** The wait at which it is said that somebody else has the slot. */
const said = 8000

/**
 * Archives the write-ahead log of a plan's server until it is told to stop, and begins again, ever more slowly, when the
 * server or the target is away.
 *
 * @param gap told when the server no longer has what would follow: only a new full backup mends that
 */
export async function keepLogArchived(deps: {
  readonly config: ServerConfig
  readonly journal: Journal
  readonly plan: Plan
  readonly place: Place
  readonly url: string
  readonly now: () => Instant
  readonly signal: AbortSignal
  readonly log: KeepLog
  readonly gap: () => void
}): Promise<void> {
  const { config, journal, plan, place, now, signal, log, gap } = deps
  const source = plan.name
  const switchAfter = plus(0, plan.incremental ?? 'PT5M', 'UTC')
  let wait = shortestWait
  const report = (event: WalEvent) => {
    if (event.kind === 'gap') {
      log.say('wal-gap', { source, from: event.from, to: event.to })
      gap()
      return
    }
    log.wellAgain('wal-stands', source)
    if (event.kind === 'streaming') return
    wait = shortestWait
    journal.logged({ source, at: now(), lsn: event.lsn, why: null })
  }
  while (!signal.aborted) {
    try {
      const { url, close } = await urlOf(config, deps.url, false)
      const about = { source, url, recipients: plan.recipients, signal, switchAfter, report }
      await withRepository(place, (repository) => archiveWal({ ...about, repository })).finally(close)
    } catch (error) {
      if (signal.aborted) return
      const why = whyOf(error)
      // A first backup that makes the slot, or a server that has not noticed yet that we were killed, has it for a moment.
      if (why.code !== 'slot-taken' || wait >= said) {
        journal.logStands(source, why)
        log.trouble('wal-stands', source, why)
      }
    }
    await sleep(wait, undefined, { signal }).catch(() => undefined)
    wait = Math.min(wait * 2, longestWait)
  }
}
