import type { Engine } from './engine.ts'
import { PostureError } from './errors.ts'
import { accept } from './store/judging.ts'

/**
 * Somebody who may says that the database's clock is right although it jumped by `seconds`: every server that saw that
 * jump takes the clock over, and judging goes on. In the log stand who said it and how far the clock had jumped.
 * Throws `clock-not-as-seen` where judging does not stand still for that jump.
 */
export async function acceptClock(
  engine: Engine,
  organisation: string,
  by: string,
  seconds: number,
): Promise<void> {
  await engine.db.transaction(organisation, async (tx) => {
    const clockOffBy = await accept(tx, organisation, seconds)
    if (clockOffBy === undefined) throw new PostureError('clock-not-as-seen')
    await engine.ledger.record(tx, organisation, 'clock-accepted', { by, clockOffBy })
  })
}
