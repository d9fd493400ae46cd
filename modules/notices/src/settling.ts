import { type Bilingual, type Duration, type Instant, milliseconds } from '@hevd/core'
import type { Tx } from '@hevd/postgres'
import type { Ground } from './ground.ts'
import type { Outcome } from './outcome.ts'
import { giveUpAll, putOff, settle, type Taken } from './store/deliveries.ts'
import { mailServer, type Outlet, outletFailed, outletWorks } from './store/outlets.ts'
import { switchWebhook } from './store/webhooks.ts'

/** Writes down what came of a message, and how its way stands; the first failure of a row is logged, and its end. */
export async function settleOutcome(
  ground: Ground,
  organisation: string,
  taken: Taken,
  outcome: Outcome,
): Promise<void> {
  const { clock, logger, config } = ground
  const outlet = outletOf(taken)
  const now = clock.now()
  const say = await ground.db.transaction(organisation, async (tx): Promise<() => void> => {
    switch (outcome.kind) {
      case 'sent': {
        await settle(tx, organisation, taken.id, 'sent', now, null)
        const since = await outletWorks(tx, organisation, outlet)
        return since === null ? silent : () => logger.info({ ...outlet, since }, 'notices go out again')
      }
      case 'refused':
        await settle(tx, organisation, taken.id, 'failed', now, outcome.why)
        return () => logger.warn({ delivery: taken.id, why: outcome.why.en }, 'a notice was refused')
      case 'later':
        if (now - taken.made_at >= milliseconds(config.giveUpAfter))
          await settle(tx, organisation, taken.id, 'failed', now, outcome.why)
        else
          await putOff(
            tx,
            organisation,
            taken.id,
            now + waitAfter(config.retryAfter, taken.attempts),
            outcome.why,
          )
        return silent
      case 'gone':
        await switchOff(ground, tx, organisation, taken, outcome.why, now)
        return () => logger.warn({ ...outlet, why: outcome.why.en }, 'a receiver of notices is switched off')
      case 'down':
        return down(ground, tx, organisation, taken, outcome.why, now)
    }
  })
  say()
}

const silent = () => {}

async function down(
  ground: Ground,
  tx: Tx,
  organisation: string,
  taken: Taken,
  why: Bilingual,
  now: Instant,
): Promise<() => void> {
  const { logger, config } = ground
  const outlet = outletOf(taken)
  const failing = await outletFailed(tx, organisation, outlet, why, config.retryAfter.map(milliseconds), now)
  if (outlet.channel === 'webhook' && now - failing.failing_since >= milliseconds(config.giveUpAfter)) {
    await switchOff(ground, tx, organisation, taken, why, now)
    return () => logger.warn({ ...outlet, why: why.en }, 'a receiver of notices is switched off')
  }
  await putOff(tx, organisation, taken.id, failing.next_at, why)
  if (failing.failures > 1) return silent
  return () => logger.warn({ ...outlet, why: why.en }, 'notices do not go out; they wait and are tried again')
}

/** It has failed for too long, or wants no more. What waits for it is given up and stands in the list as such. */
async function switchOff(
  { record }: Ground,
  tx: Tx,
  organisation: string,
  { channel, recipient }: Taken,
  why: Bilingual,
  now: Instant,
): Promise<void> {
  if (!(await switchWebhook(tx, organisation, recipient, now))) return
  await giveUpAll(tx, organisation, { channel, recipient }, now, why)
  await record(tx, organisation, 'webhook-disabled', { webhook: recipient })
}

function outletOf({ channel, recipient }: Taken): Outlet {
  return { channel, id: channel === 'email' ? mailServer : recipient }
}

/** @param attempts that were made, from one on */
function waitAfter(waits: readonly Duration[], attempts: number): number {
  return milliseconds(waits[Math.min(attempts, waits.length) - 1] ?? 'PT1M')
}
