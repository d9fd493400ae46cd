import { milliseconds } from '@hevd/core'
import type { OrganisationTables } from '@hevd/postgres'
import type { ClockRule } from './clock-rule.ts'
import type { Engine } from './engine.ts'
import { round } from './judge/round.ts'
import { nextDue } from './store/due.ts'

export type Worker = { start(): Promise<void>; stop(): Promise<void> }

/**
 * Judges by itself: when something is touched in this process, when the next finding falls due, and at every poll for
 * what other servers left. A round that fails is tried again at the next poll; the first of a row is logged, and the
 * end of it.
 */
export function createWorker(engine: Engine, rule: ClockRule): Worker {
  const poll = milliseconds(engine.config.poll)
  const refresh = milliseconds(engine.config.refresh)
  const refreshed = new Map<string, number>()
  let stopping = false
  let failing = false
  let failedNow = false
  let running: Promise<void> | undefined
  let ring: () => void = () => {}
  let rung = false

  function wakeUp(): void {
    rung = true
    ring()
  }

  async function everyOrganisation(): Promise<readonly string[]> {
    const rows = await engine.db.system((tx) =>
      tx.withTables<OrganisationTables>().selectFrom('hevd.organisation').select('id').execute(),
    )
    return rows.map(({ id }) => id)
  }

  /** One round for an organisation; how long until something falls due. */
  async function judge(organisation: string): Promise<number> {
    const now = engine.clock.now()
    const stale = now - (refreshed.get(organisation) ?? 0) >= refresh
    const { state } = await round(engine, organisation, rule, stale)
    if (state !== 'done') return poll
    if (stale) refreshed.set(organisation, now)
    const due = await engine.db.transaction(organisation, (tx) => nextDue(tx, organisation, engine.tests))
    return due === null ? poll : Math.max(0, due - engine.clock.now())
  }

  /** One that fails does not keep the others from being judged. */
  async function runOnce(): Promise<number> {
    let wait = poll
    failedNow = false
    for (const organisation of await everyOrganisation().catch(failed)) {
      if (stopping) return 0
      wait = Math.min(wait, await attempted(organisation))
    }
    if (failing && !failedNow) engine.logger.info('judging goes through again')
    failing = failedNow
    return wait
  }

  async function attempted(organisation: string): Promise<number> {
    try {
      return await judge(organisation)
    } catch (error) {
      failed(error)
      return poll
    }
  }

  function failed(error: unknown): never[] {
    if (!failing) engine.logger.error({ err: error }, 'a round of judging failed; it is tried again')
    failing = true
    failedNow = true
    return []
  }

  function rest(duration: number): Promise<void> {
    return new Promise((done) => {
      const timer = setTimeout(done, duration)
      ring = () => {
        clearTimeout(timer)
        done()
      }
      if (rung || stopping) ring()
    })
  }

  async function loop(): Promise<void> {
    while (!stopping) {
      rung = false
      const wait = await runOnce()
      if (!stopping) await rest(wait)
    }
  }

  return {
    start: async () => {
      engine.feeds.onTouched(wakeUp)
      running = loop()
    },
    stop: async () => {
      stopping = true
      ring()
      await running
    },
  }
}
