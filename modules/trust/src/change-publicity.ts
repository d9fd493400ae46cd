import { plus } from '@hevd/core'
import type { Entry } from '@hevd/ledger'
import type { Publicity, Shows } from './contract.ts'
import type { Context } from './deps.ts'
import { type Decision, publicityAt, withholds } from './domain/publicity.ts'
import { TrustError } from './errors.ts'
import { decide, decisions, takeTurn } from './store.ts'

/** What each control shows, in policy order. */
export async function publicities(context: Context, organisation: string): Promise<Publicity[]> {
  const decided = await context.db.transaction(organisation, (tx) => decisions(tx, organisation))
  const now = context.clock.now()
  return [...context.catalogue.controls.keys()].map((id) => publicityAt(id, decided.get(id), now))
}

/**
 * Decides what controls show. Opening takes effect at once, withholding after a delay; each is an entry of the public
 * log, and who decided it one of the internal log. What changes nothing is passed over. Throws `no-such-control`.
 */
export async function changePublicity(
  context: Context,
  organisation: string,
  wanted: readonly { readonly control: string; readonly shows: Shows }[],
  by: string,
): Promise<void> {
  const { db, clock, ledger, catalogue } = context
  const unknown = wanted.find(({ control }) => !catalogue.controls.has(control))
  if (unknown !== undefined) throw new TrustError('no-such-control', { control: unknown.control })
  await db.transaction(organisation, async (tx) => {
    await takeTurn(tx, organisation)
    const decided = await decisions(tx, organisation)
    const now = Math.floor(clock.now())
    const changes = wanted.flatMap(({ control, shows }): Decision[] => {
      const present = publicityAt(control, decided.get(control), now)
      if (shows === (present.next?.shows ?? present.shows)) return []
      const delay = withholds(present.shows, shows) ? context.config.withholdAfter : 'PT0S'
      return [{ control, shows, showed: present.shows, takesEffectAt: plus(now, delay, 'UTC') }]
    })
    if (changes.length === 0) return
    for (const change of changes) await decide(tx, organisation, change)
    await ledger.append(tx, organisation, 'public', changes.map(entryOf))
    const controls = changes.map(({ control, shows }) => ({ control, shows }))
    await ledger.record(tx, organisation, 'publicity-changed', { by, controls })
  })
}

function entryOf({ control, shows, showed, takesEffectAt }: Decision): Entry {
  return { kind: 'publicity', body: { control, shows, showed, takesEffectAt } }
}
