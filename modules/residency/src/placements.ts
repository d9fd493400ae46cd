import { customerPlacements } from '@hevd/facts'
import type { z } from 'zod'
import { type Act, changing, logged, type ResidencyContext, register } from './context.ts'
import type { reported, reporting } from './contract.ts'
import { placementFact } from './said.ts'
import { addPlacements, removePlacements } from './store/placements.ts'

/**
 * Records which customers' data is now in which stores, and which is no more. What was placed is recorded even where it should
 * not be, or where nobody has entered the customer or the store: the control then fails by name.
 */
export async function reportPlacements(
  context: ResidencyContext,
  { organisation, by }: Act,
  { placed, removed }: z.infer<typeof reporting>,
): Promise<z.infer<typeof reported>> {
  return changing(context, organisation, async (tx) => {
    const gone = await removePlacements(tx, organisation, removed)
    const added = await addPlacements(tx, organisation, placed, context.clock.now())
    if (gone.length > 0)
      await context.feeds.remove(
        tx,
        organisation,
        register.name,
        gone.map(({ customer, store }) => ({ type: customerPlacements.name, key: `${customer}/${store}` })),
      )
    if (added.length > 0) await context.feeds.put(tx, organisation, register.name, added.map(placementFact))
    const counts = { placed: added.length, removed: gone.length }
    if (counts.placed + counts.removed > 0)
      await logged(context, tx, organisation, [{ kind: 'customer-data-placed', body: { ...counts, by } }])
    return counts
  })
}
