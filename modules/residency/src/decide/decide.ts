import { type Instant, milliseconds } from '@hevd/core'
import type { ReasonView } from '@hevd/http'
import type { Tx } from '@hevd/postgres'
import type { ResidencyContext } from '../context.ts'
import { judgedBy, wordsOf } from '../judging.ts'

export const withinChoice = 'data-location/within-choice'

/** May this customer’s data be placed in this store? */
export type Question = { readonly customer: string; readonly store: string }

export type Answer = {
  readonly allowed: boolean
  readonly why: ReasonView
  /** An application goes by it until then; now where nobody has entered the customer or the store, who may be in a moment. */
  readonly cacheableUntil: Instant
}

/**
 * What the control would say of the data once it is placed, judged by its own test. Whatever is not known is a no, and no
 * exception makes a yes of it.
 */
export async function decide(
  context: ResidencyContext,
  tx: Tx,
  organisation: string,
  { customer, store }: Question,
): Promise<Answer> {
  const now = context.clock.now()
  const [said] = await judgedBy(context, tx, organisation, withinChoice, [{ customer, store, placedAt: now }])
  if (said === null || said === undefined || said.why === null)
    throw new Error(`${withinChoice} gives no reason for ${customer} in ${store}`)
  const words = await wordsOf(context, tx, organisation, 'data-location', [said.why])
  const latest = now + milliseconds(context.config.answersLive)
  return {
    allowed: said.verdict === 'holds',
    why: words(said.why),
    cacheableUntil: isUnknown(said.why) ? now : Math.min(latest, said.horizon ?? latest),
  }
}

/** Whether nobody has entered what is asked about. */
export const isUnknown = ({ code }: { readonly code: string }): boolean =>
  code === 'customer-not-known' || code === 'store-not-known'
