import { type Instant, milliseconds } from '@hevd/core'
import type { Engine } from './engine.ts'
import { halt, type Judging, resume } from './store/judging.ts'

/** Where the two clocks that must agree are read. */
export type Clocks = {
  /** The database's wall clock. */
  database(): Promise<Instant>
  /** Milliseconds of a clock that is never set, from any start. */
  monotonic(): number
  /** Told how many milliseconds the database's clock is ahead of the time that this server goes by from now on. */
  follow?(ahead: number): Promise<void>
}

/** Whether judging may go on, asked before each round with the row as it is then. */
export type ClockRule = { agrees(organisation: string, judging: Judging): Promise<boolean> }

/** What a process knows of the clock for one organisation. */
type Known = {
  /** Added to the drift since this process began: what it was off already, less what was accepted since. */
  correction: number
  accepted: number
  off: boolean
}

/** NTP slews a clock by no more than this, so that much of the time that went by is no jump (ntpd, adjtimex). */
const slew = 500e-6
/** Milliseconds between two signs that a server still stands still. */
const renewEvery = 15_000

/**
 * Judging stops while the database's clock disagrees with monotonic time since this server began, says so once, and
 * goes on by itself when they agree again. Nothing flips on a jump: time as readers see it is carried by monotonic
 * time too, and what is due is not moved meanwhile.
 *
 * A clock that stays where it jumped to is taken over only when an administrator says that it is right
 * (`acceptClock`), since whoever can move a clock can also wait. Nor does starting the server anew take it over: a
 * jump that was seen is still one, and so is a clock that stands before the last sign of life.
 */
export function clockRule(engine: Engine, clocks: Clocks): ClockRule {
  const tolerance = milliseconds(engine.config.clockTolerance)
  let start: { readonly at: Instant; readonly database: Instant; readonly monotonic: number } | undefined
  const organisations = new Map<string, Known>()

  async function look() {
    const before = clocks.monotonic()
    const database = await clocks.database()
    const monotonic = (before + clocks.monotonic()) / 2
    start ??= { at: engine.clock.now(), database, monotonic }
    const elapsed = monotonic - start.monotonic
    return {
      /** The time as this process has it, were nothing accepted or known to be off. */
      carried: start.at + elapsed,
      drift: database - start.database - elapsed,
      allowed: tolerance + slew * elapsed,
    }
  }

  async function firstLook(judging: Judging, now: Instant): Promise<Known> {
    const correction = offAlready(judging, now, tolerance)
    if (correction !== 0) await clocks.follow?.(correction)
    return { correction, accepted: judging.clock_accepted, off: false }
  }

  async function standStill(organisation: string, known: Known, by: number): Promise<void> {
    const now = engine.clock.now()
    await engine.db.transaction(organisation, async (tx) => {
      if (await halt(tx, organisation, now, by, now - renewEvery))
        await engine.ledger.record(tx, organisation, 'judging-halted', { clockOffBy: by })
    })
    if (!known.off)
      engine.logger.error({ organisation, by }, 'the database clock jumped: judging stands still')
    known.off = true
  }

  async function goOn(organisation: string, known: Known, by: number): Promise<void> {
    await clocks.follow?.(0)
    await engine.db.transaction(organisation, async (tx) => {
      if (await resume(tx, organisation, engine.clock.now()))
        await engine.ledger.record(tx, organisation, 'judging-resumed', { clockOffBy: by })
    })
    engine.logger.info({ organisation }, 'the clocks agree again: judging goes on')
    known.off = false
  }

  return {
    async agrees(organisation, judging) {
      const { carried, drift, allowed } = await look()
      const isNew = !organisations.has(organisation)
      const known = organisations.get(organisation) ?? (await firstLook(judging, carried))
      organisations.set(organisation, known)
      if (judging.clock_accepted !== known.accepted) {
        known.accepted = judging.clock_accepted
        const off = drift + known.correction
        if (Math.abs(off - (judging.clock_accepted_by ?? 0)) <= allowed) known.correction -= off
      }
      const by = Math.round(drift + known.correction)
      if (Math.abs(by) > allowed) {
        await standStill(organisation, known, by)
        return false
      }
      const left =
        judging.halted_at !== null && (isNew || isStale(judging, engine.clock.now(), engine.silentAfter))
      if (known.off || left) await goOn(organisation, known, by)
      return true
    },
  }
}

/** Whether the mark of a halt is left over from a server that is gone. */
export function isStale({ halted_seen_at: seenAt }: Judging, now: Instant, silentAfter: number): boolean {
  return seenAt === null || now - seenAt >= silentAfter
}

/**
 * How far ahead the clock is when a server begins, in milliseconds: what a halted server left, unless the clock has
 * come back since, or how far it stands before the last sign of life.
 */
function offAlready(
  { halted_at: at, halted_by: by, alive_at: alive }: Judging,
  now: Instant,
  tolerance: number,
): number {
  if (at !== null && by !== null && (by > 0 ? now - at >= by : now < at - tolerance)) return by
  return now < alive - tolerance ? Math.round(now - alive) : 0
}
