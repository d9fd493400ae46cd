import { adopt } from '../adopt.ts'
import type { ClockRule } from '../clock-rule.ts'
import type { Engine } from '../engine.ts'
import { refreshStates } from '../read/states.ts'
import { nextDue } from '../store/due.ts'
import { beAlive, type Judging, judgingOf, recordSilent } from '../store/judging.ts'
import { anyWaiting, wakeDue } from '../store/wake.ts'
import { judgeBatch } from './batch.ts'
import { handOn } from './hand-on.ts'
import { moveAllDue } from './move.ts'

/** How many judgements that must be asked again are let in at once. */
const dueAgain = 5000

/** What a round did: how many were judged, and whether this server's tests are activated and the clocks agree. */
export type Round = { readonly judged: number; readonly state: 'done' | 'retired' | 'halted' }

/**
 * Judges until nothing waits: what fell due is moved, what is to be asked again and what was touched is woken, what
 * waits is judged, and control states are written if anything changed. A server whose tests were replaced does
 * nothing, unless those that replaced them are dead.
 */
export async function round(
  engine: Engine,
  organisation: string,
  clock: ClockRule,
  alwaysRefresh: boolean,
): Promise<Round> {
  const judging = await engine.db.transaction(organisation, (tx) => judgingOf(tx, organisation))
  if (judging === undefined) return { judged: 0, state: 'retired' }
  if (!(await clock.agrees(organisation, judging))) return { judged: 0, state: 'halted' }
  if (judging.engine !== engine.digest) {
    const dead = engine.clock.now() - judging.alive_at >= engine.silentAfter
    if (!dead || !(await adopt(engine, organisation))) return { judged: 0, state: 'retired' }
  }
  await recordMissed(engine, organisation, judging)
  const moved = await moveAllDue(engine, organisation)
  let judged = 0
  for (;;) {
    const touched = await handOn(engine, organisation)
    const batch = await judgeBatch(engine, organisation)
    if (batch.retired) return { judged, state: 'retired' }
    judged += batch.judged
    if (touched > 0 || batch.taken > 0) {
      await pulse(engine, organisation, false)
      continue
    }
    if ((await letDueIn(engine, organisation)) === 0) break
  }
  await pulse(engine, organisation, true)
  if (alwaysRefresh || moved > 0 || judged > 0) await refreshStates(engine, organisation)
  return { judged, state: 'done' }
}

function letDueIn(engine: Engine, organisation: string): Promise<number> {
  return engine.db.transaction(organisation, (tx) => wakeDue(tx, organisation, engine.clock.now(), dueAgain))
}

const lastPulse = new WeakMap<Engine, Map<string, number>>()

/** A sign of life, written seldom compared with how long silence takes. */
async function pulse(engine: Engine, organisation: string, idle: boolean): Promise<void> {
  const now = engine.clock.now()
  const known = lastPulse.get(engine) ?? new Map<string, number>()
  lastPulse.set(engine, known)
  const last = known.get(organisation) ?? 0
  if (now - last < engine.silentAfter / (idle ? 20 : 10)) return
  await engine.db.transaction(organisation, (tx) => beAlive(tx, organisation, engine.digest, now))
  known.set(organisation, now)
}

/** Nobody judged for longer than may be, kept once; where there was something to judge, a missed run too. */
async function recordMissed(engine: Engine, organisation: string, judging: Judging): Promise<void> {
  const now = engine.clock.now()
  if (now - judging.alive_at < engine.silentAfter) return
  await engine.db.transaction(organisation, async (tx) => {
    const due = await nextDue(tx, organisation, engine.tests)
    const missed = (due !== null && due <= now) || (await anyWaiting(tx, organisation))
    const still = await judgingOf(tx, organisation)
    if (still === undefined || now - still.alive_at < engine.silentAfter) return
    await recordSilent(tx, organisation, now)
    await beAlive(tx, organisation, engine.digest, now)
    if (missed)
      await engine.ledger.record(tx, organisation, 'judging-missed', { from: judging.alive_at, until: now })
  })
}
