import { type Instant, milliseconds, toIso } from '@hevd/core'
import type { Ask } from '@hevd/http'
import { audienceOf, type Listener } from './audience.ts'
import type { NoticesConfig } from './config.ts'
import { isNear, type Moved, standingNow } from './domain/standing.ts'
import { asksNow, type Ground } from './ground.ts'
import { forget, holdRound, standings, writeStandings } from './store/standing.ts'
import { addTellings, type Telling } from './store/tellings.ts'

/**
 * Looks at what is asked, against what was, and writes down what is to be told of it: in one transaction, so that what
 * was found is told, and told once, whatever dies in between. One server at a time; another leaves it to that one.
 */
export async function look(ground: Ground, organisation: string): Promise<void> {
  const { db, clock, config } = ground
  await db.transaction(
    organisation,
    async (tx) => {
      if (!(await holdRound(tx, organisation))) return
      const now = clock.now()
      const asks = await asksNow(ground, tx, organisation)
      const known = await standings(tx, organisation)
      const moved = standingNow(known, asks, milliseconds(config.steady), now)
      await writeStandings(tx, organisation, moved.changed)
      const audience = await audienceOf(ground, tx, organisation)
      await addTellings(tx, organisation, tellingsOf(asks, moved, audience, config, now))
      await forget(tx, organisation, now - milliseconds(config.keptFor))
    },
    { isolation: 'repeatable read' },
  )
}

function tellingsOf(
  asks: readonly Ask[],
  { standing, begun }: Moved,
  audience: readonly Listener[],
  config: NoticesConfig,
  now: Instant,
): readonly Telling[] {
  const isNew = new Set(begun)
  return audience.flatMap((listener) =>
    asks.filter(listener.hears).flatMap((ask): Telling[] => {
      const row = standing.get(ask.id)
      if (row === undefined) return []
      const { channel, recipient } = listener
      const told = { channel, recipient, item: ask.id, urgent: ask.urgent, made_at: now }
      if (isNew.has(ask.id)) return [{ ...told, occasion: `began ${toIso(row.began_at)}` }]
      const days = channel === 'email' ? listener.preference.remindDays : config.webhookRemindDays
      if (row.deadline === null || !isNear(row, days, now)) return []
      return [{ ...told, urgent: false, occasion: `near ${toIso(row.deadline)}` }]
    }),
  )
}
