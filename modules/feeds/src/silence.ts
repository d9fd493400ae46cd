import type { Instant } from '@hevd/core'
import { agents } from '@hevd/facts'
import type { Tx } from '@hevd/postgres'
import { coverageKeyOf } from './domain/coverage-key.ts'
import type { AfterSilence } from './domain/freshness.ts'
import type { Record } from './record.ts'
import { coveredBy } from './store/coverage.ts'
import {
  closeSilence,
  feedClocks,
  insertSilences,
  markSilent,
  pullBackFromFuture,
  type SilentFeed,
} from './store/silence.ts'
import { addTouched } from './store/touched.ts'

/** Since when each live feed is silent, as of now, whether that is recorded yet or not. */
export async function silencesNow(
  tx: Tx,
  organisation: string,
  now: Instant,
): Promise<{
  readonly silentSince: ReadonlyMap<string, Instant | null>
  readonly nextChange: Instant | null
}> {
  const silentSince = new Map<string, Instant | null>()
  let nextChange: Instant | null = null
  for (const { name, heard_at: heard, silent_at: silentAt } of await feedClocks(tx, organisation)) {
    const isSilent = silentAt !== null && silentAt <= now
    silentSince.set(name, isSilent ? heard : null)
    if (silentAt !== null && silentAt > now) nextChange = Math.min(nextChange ?? silentAt, silentAt)
  }
  return { silentSince, nextChange }
}

/** Heard this much later than now, a feed was heard before the clock was set back. */
const slack = 60_000

/**
 * Records every feed that has fallen silent and is not recorded, with the moment at which it did; how many. What rests
 * on a silent feed is not touched, whose readers see the silence by themselves, apart from the word that an agent says of
 * itself: whoever judges whether a host is heard from must look again to say that it is not.
 */
export async function recordSilences(
  tx: Tx,
  record: Record,
  organisation: string,
  now: Instant,
): Promise<number> {
  await pullBackFromFuture(tx, organisation, now, slack)
  const silent = await markSilent(tx, organisation, now)
  const open = silent.map((feed) => ({ ...feed, until: null }))
  await insertSilences(tx, organisation, open, now)
  for (const feed of silent) await recordSilent(tx, record, organisation, feed)
  const fallen = silent.map(({ feed }) => feed)
  const unheard = await coveredBy(tx, organisation, agents.name, fallen)
  await addTouched(tx, organisation, unheard.map(coverageKeyOf), now)
  return silent.length
}

/** Records what a new word says of the silence before it. */
export async function recordAfterSilence(
  tx: Tx,
  record: Record,
  organisation: string,
  feed: string,
  after: AfterSilence,
  now: Instant,
): Promise<void> {
  if (after.unrecorded !== null) {
    const silent = { feed, silent_at: after.unrecorded.silentAt, heard_at: after.unrecorded.heardAt }
    await insertSilences(tx, organisation, [{ ...silent, until: now }], now)
    await recordSilent(tx, record, organisation, silent)
    await record(tx, organisation, 'feed-returned', { feed, silentAt: silent.silent_at, returnedAt: now })
  }
  if (after.returned) {
    const silentAt = await closeSilence(tx, organisation, feed, now)
    await record(tx, organisation, 'feed-returned', { feed, silentAt, returnedAt: now })
  }
}

function recordSilent(tx: Tx, record: Record, organisation: string, silent: SilentFeed): Promise<void> {
  const { feed, heard_at: lastHeardAt, silent_at: silentAt } = silent
  return record(tx, organisation, 'feed-silent', { feed, lastHeardAt, silentAt })
}
