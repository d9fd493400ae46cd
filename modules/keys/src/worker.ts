import { type Instant, milliseconds } from '@hevd/core'
import type { OrganisationTables } from '@hevd/postgres'
import { openKeys, storesRegister } from './facts.ts'
import { doWhatIsDue } from './keys/due.ts'
import { openBySeal, storedRoot } from './root/root-key.ts'
import type { TransitDeps } from './transit/calling.ts'

/** Does by itself what is due: closes leases, rotates, destroys, opens a vault whose seal needs nobody. */
export type Worker = { start(): Promise<void>; stop(): Promise<void>; runOnce(): Promise<void> }

/** A seal that did not open is tried again after this. */
const openingAgain = 30_000

export function createWorker(deps: TransitDeps): Worker {
  const { context, memories, leases } = deps
  const { db, clock, config, logger } = context
  const pause = milliseconds(config.flushEvery)
  const between = milliseconds(config.lookEvery)
  const triedAt = new Map<string, Instant>()
  const said = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  let underWay: Promise<void> = Promise.resolve()
  let stopped = true
  let isFailing = false
  let lookedAt: Instant = -Infinity

  async function openBySealAgain(organisation: string): Promise<void> {
    const { open, why } = memories.of(organisation)
    // A token counts wrong PINs and locks itself: who was refused waits for somebody to mend it and ask.
    if (open !== null || why?.code === 'seal-refused') return
    const root = await storedRoot(deps, organisation)
    if (root === undefined || root.sealed.kind === 'shares' || root.closedAt !== null) return
    if (clock.now() - (triedAt.get(organisation) ?? -Infinity) < openingAgain) return
    triedAt.set(organisation, clock.now())
    try {
      await openBySeal(deps, organisation, null)
    } catch (error) {
      logger.warn({ err: error, seal: root.sealed.kind }, 'the vault’s seal does not open; trying again')
    }
  }

  /** An empty vault is known to be empty. */
  async function openRegisters(organisation: string): Promise<void> {
    await db.transaction(organisation, async (tx) => {
      await openKeys(context, tx, organisation)
      await context.feeds.openRegister(tx, organisation, storesRegister)
    })
    said.add(organisation)
  }

  async function doAllDue(): Promise<void> {
    const organisations = await db.system((tx) =>
      tx.withTables<OrganisationTables>().selectFrom('hevd.organisation').select('id').execute(),
    )
    for (const { id } of organisations) {
      if (!said.has(id)) await openRegisters(id)
      await openBySealAgain(id)
      await leases.closeLost(id)
      await doWhatIsDue(deps, id)
    }
  }

  async function runOnce(): Promise<void> {
    await leases.flush()
    await doAllDue()
  }

  async function round(): Promise<void> {
    try {
      await leases.flush()
      if (clock.now() - lookedAt >= between) {
        await doAllDue()
        lookedAt = clock.now()
      }
      isFailing = false
    } catch (error) {
      if (!isFailing) logger.warn({ err: error }, 'what is due in the vault could not be done; trying again')
      isFailing = true
    }
    wake()
  }

  function wake(): void {
    if (stopped) return
    timer = setTimeout(() => {
      underWay = round()
    }, pause)
    timer.unref()
  }

  return {
    async start() {
      stopped = false
      underWay = round()
      await underWay
    },
    async stop() {
      stopped = true
      clearTimeout(timer)
      await underWay
      await leases.flush(true)
    },
    runOnce,
  }
}
