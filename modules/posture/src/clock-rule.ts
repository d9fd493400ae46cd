import { type Instant, milliseconds } from '@hevd/core'
import type { Engine } from './engine.ts'
import { halt, resume } from './store/judging.ts'

/** Where the two clocks that must agree are read. */
export type Clocks = {
  /** The database's wall clock. */
  database(): Promise<Instant>
  /** Milliseconds of a clock that is never set, from any start. */
  monotonic(): number
}

/** Whether judging may go on, asked before each round. */
export type ClockRule = { agrees(organisation: string): Promise<boolean> }

/**
 * Judging stops while the database's clock disagrees with monotonic time since this server began, says so once, and
 * goes on by itself when they agree again. Nothing flips on a jump: time as readers see it is carried by monotonic
 * time too, and what is due is not moved meanwhile.
 */
export function clockRule(engine: Engine, clocks: Clocks): ClockRule {
  const tolerance = milliseconds(engine.config.clockTolerance)
  let start: { readonly database: Instant; readonly monotonic: number } | undefined
  const disagreeing = new Set<string>()

  async function drift(): Promise<number> {
    const before = clocks.monotonic()
    const database = await clocks.database()
    const monotonic = (before + clocks.monotonic()) / 2
    start ??= { database, monotonic }
    return Math.round(database - start.database - (monotonic - start.monotonic))
  }

  return {
    async agrees(organisation) {
      const by = await drift()
      const off = Math.abs(by) > tolerance
      if (off === disagreeing.has(organisation)) return !off
      await engine.db.transaction(organisation, async (tx) => {
        const now = engine.clock.now()
        const changed = off ? await halt(tx, organisation, now, by) : await resume(tx, organisation)
        const kind = off ? 'judging-halted' : 'judging-resumed'
        if (changed) await engine.ledger.record(tx, organisation, kind, { clockOffBy: by })
      })
      if (off) {
        disagreeing.add(organisation)
        engine.logger.error({ organisation, by }, 'the database clock jumped: judging stands still')
      } else {
        disagreeing.delete(organisation)
        engine.logger.info({ organisation }, 'the clocks agree again: judging goes on')
      }
      return !off
    },
  }
}
