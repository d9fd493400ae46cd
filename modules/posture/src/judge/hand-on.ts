import { candidatesOf } from '../domain/candidate.ts'
import type { Engine } from '../engine.ts'
import { holdActivation } from '../store/judging.ts'
import { wake, wakeDependents } from '../store/wake.ts'

/**
 * Takes touched look-ups off the feeds' queue and wakes what read them, and whoever is or was a subject by them. In
 * one transaction: what is taken and not handed on is still there. Returns how many were taken.
 */
export function handOn(engine: Engine, organisation: string): Promise<number> {
  const { db, clock, config, digest, feeds, populations } = engine
  return db.transaction(organisation, async (tx) => {
    if (!(await holdActivation(tx, organisation, digest))) return 0
    const touched = await feeds.takeTouched(tx, organisation, config.touchedChunk)
    if (touched.length === 0) return 0
    const keys = [...new Set(touched)]
    const now = clock.now()
    await wake(
      tx,
      organisation,
      keys.flatMap((key) => candidatesOf(key, populations)),
      now,
    )
    await wakeDependents(tx, organisation, keys, now)
    return touched.length
  })
}
