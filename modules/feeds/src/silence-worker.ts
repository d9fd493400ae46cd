import { type Instant, milliseconds } from '@hevd/core'
import type { OrganisationTables } from '@hevd/postgres'
import { recordSilences, silencesNow } from './silence.ts'
import type { TakeContext } from './take.ts'

/** Records silence as it falls. Readers do not wait for it: they apply a feed's silence by themselves. */
export type SilenceWorker = { readonly start: () => Promise<void>; readonly stop: () => Promise<void> }

const shortestSleep = 20

/**
 * Wakes when the next feed falls silent, and every `longestSleep` for what other servers and new feeds changed. After
 * a start it gives the agents time to empty their spools first: that a feed was not heard while no server listened is
 * not the feed's silence.
 */
export function createSilenceWorker(context: TakeContext): SilenceWorker {
  const { db, clock, record, config, logger } = context
  let timer: NodeJS.Timeout | undefined
  let underWay: Promise<void> = Promise.resolve()
  let stopped = true

  const organisations = () =>
    db.system((tx) =>
      tx.withTables<OrganisationTables>().selectFrom('hevd.organisation').select('id').execute(),
    )

  /** The earliest moment at which something more falls silent. */
  async function look(): Promise<Instant | null> {
    let next: Instant | null = null
    for (const { id } of await organisations()) {
      const { nextChange } = await db.transaction(id, async (tx) => {
        await recordSilences(tx, record, id, clock.now())
        return silencesNow(tx, id, clock.now())
      })
      if (nextChange !== null) next = Math.min(next ?? nextChange, nextChange)
    }
    return next
  }

  async function round(): Promise<void> {
    const longest = milliseconds(config.longestSleep)
    let sleep = longest
    try {
      const next = await look()
      if (next !== null) sleep = Math.min(longest, Math.max(shortestSleep, next - clock.now()))
    } catch (error) {
      logger.warn({ err: error }, 'silence could not be recorded; trying again')
    }
    wakeIn(sleep)
  }

  function wakeIn(sleep: number): void {
    if (stopped) return
    timer = setTimeout(() => {
      underWay = round()
    }, sleep)
    timer.unref()
  }

  return {
    start: async () => {
      stopped = false
      wakeIn(milliseconds(config.graceAfterStart))
    },
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await underWay
    },
  }
}
