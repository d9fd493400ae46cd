import type { Instant } from '@hevd/core'
import { uuidv7 } from '@hevd/postgres'
import { audienceOf, type Listener } from './audience.ts'
import { tellAt } from './domain/tell-time.ts'
import type { Ground } from './ground.ts'
import { addDelivery } from './store/deliveries.ts'
import { dropTellings, putInDelivery, type Telling, waitingTellings } from './store/tellings.ts'

/** Gathers what is due to be told now into one message for each; what its recipient no longer wants is dropped. */
export async function gather(ground: Ground, organisation: string): Promise<void> {
  const { db, clock } = ground
  await db.transaction(organisation, async (tx) => {
    const now = clock.now()
    const waiting = await waitingTellings(tx, organisation)
    if (waiting.length === 0) return
    const audience = new Map((await audienceOf(ground, tx, organisation)).map((one) => [nameOf(one), one]))
    for (const [name, tellings] of Map.groupBy(waiting, nameOf)) {
      const listener = audience.get(name)
      const [first] = tellings
      if (first === undefined) continue
      const { channel, recipient } = first
      const due = listener === undefined ? [] : tellings.filter((telling) => isDue(listener, telling, now))
      if (listener === undefined) await dropTellings(tx, organisation, { channel, recipient }, now)
      if (due.length === 0) continue
      const id = uuidv7(now)
      await addDelivery(tx, organisation, { id, channel, recipient }, now)
      await putInDelivery(tx, organisation, due, id)
    }
  })
}

const nameOf = ({ channel, recipient }: Pick<Telling, 'channel' | 'recipient'>) => `${channel} ${recipient}`

/** Looked at anew each time, so that what somebody changes holds at once. */
function isDue(listener: Listener, { made_at: madeAt, urgent }: Telling, now: Instant): boolean {
  if (listener.channel === 'webhook') return true
  const at = tellAt(listener.preference, listener.zone, { madeAt, urgent }, now)
  return at !== null && at <= now
}
