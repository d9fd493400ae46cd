import { milliseconds } from '@hevd/core'
import { seenOf } from '@hevd/feeds'
import { type OrganisationTables, type Tx, uuidv7 } from '@hevd/postgres'
import type { ErasureDeps, Holding, PersonalData } from './parts.ts'
import { step } from './steps.ts'
import {
  atWork,
  erasureHeld,
  finishBy,
  forgetFormer,
  formerAccounts,
  insertErasure,
  moveTo,
  toRewrite,
} from './store.ts'

export type ErasureWorker = {
  start(): Promise<void>
  stop(): Promise<void>
  /** Goes on at once. */
  wake(): void
  /** Everything that can be done now; for tests. */
  runOnce(): Promise<void>
}

/** What stands still because names were found again is not tried at every turn. */
const afterRemains = milliseconds('PT5M')

/** Takes erasures on, one after the other, and forgets accounts that an erased person had once they are gone. */
export function createErasureWorker(deps: ErasureDeps): ErasureWorker {
  const { db, clock, config, logger, parts } = deps
  const poll = milliseconds(config.erasurePoll)
  const triedAgain = new Map<string, number>()
  let timer: NodeJS.Timeout | undefined
  let underWay: Promise<void> = Promise.resolve()
  let stopped = true

  async function runOnce(): Promise<void> {
    const organisations = await db.system((tx) =>
      tx.withTables<OrganisationTables>().selectFrom('hevd.organisation').select('id').execute(),
    )
    for (const { id } of organisations) await runFor(id)
  }

  async function runFor(organisation: string): Promise<void> {
    await db.transaction(organisation, async (tx) => {
      await parts().history.forgetPseudonyms(tx, organisation)
      const former = await formerAccounts(tx, organisation)
      const seen = await seenOf(tx, organisation, former)
      const gone = former.filter((account) => !seen.includes(account))
      if (gone.length > 0) await forgetAccounts(tx, organisation, gone)
    })
    for (const id of await db.transaction(organisation, (tx) => atWork(tx, organisation))) {
      if (clock.now() - (triedAgain.get(id) ?? -Infinity) < afterRemains) continue
      while (!stopped && (await step(deps, organisation, id)));
      await noteRemains(organisation, id)
    }
    await rewrite(organisation)
  }

  async function forgetAccounts(tx: Tx, organisation: string, gone: readonly string[]): Promise<void> {
    const now = clock.now()
    const id = uuidv7(now)
    await insertErasure(tx, organisation, {
      id,
      batch: id,
      state: 'history',
      waits: null,
      key: null,
      person: null,
      names: [],
      accounts: gone,
      because: 'account',
      reason: null,
      asked_by: 'hevd',
      asked_at: now,
    })
    await forgetFormer(tx, organisation, gone)
  }

  async function noteRemains(organisation: string, id: string): Promise<void> {
    const row = await db.transaction(organisation, (tx) => erasureHeld(tx, organisation, id))
    if (row?.waits === 'remains') triedAgain.set(id, clock.now())
    else triedAgain.delete(id)
  }

  /** Those whose key is gone are done when the database has been rewritten after it. */
  async function rewrite(organisation: string): Promise<void> {
    const { rewrite: rewritten, personalData } = parts()
    const waiting = await db.transaction(organisation, (tx) => toRewrite(tx, organisation))
    if (waiting.length === 0) return
    if (rewritten === null) {
      await db.transaction(organisation, async (tx) => {
        for (const id of waiting) await moveTo(tx, organisation, id, 'rewriting', 'database')
      })
      return
    }
    const begun = clock.now()
    await rewritten(tablesToRewrite(personalData))
    await db.transaction(organisation, (tx) => finishBy(tx, organisation, begun, clock.now()))
  }

  function again(wait: number): void {
    if (stopped) return
    timer = setTimeout(() => {
      underWay = runOnce()
        .catch((error: unknown) => logger.error({ err: error }, 'An erasure could not go on; trying again'))
        .then(() => again(poll))
    }, wait)
    timer.unref()
  }

  return {
    start: async () => {
      stopped = false
      again(0)
    },
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await underWay
    },
    wake() {
      clearTimeout(timer)
      void underWay.then(() => {
        clearTimeout(timer)
        again(0)
      })
    },
    runOnce: async () => {
      stopped = false
      await runOnce()
      stopped = true
    },
  }
}

const neverRewritten: readonly Holding[] = ['none', 'sealed']

/** Tables that can hold what an erasure deletes. */
export function tablesToRewrite(data: PersonalData): string[] {
  return Object.entries(data)
    .filter(([, columns]) => Object.values(columns).some((holds) => !neverRewritten.includes(holds)))
    .map(([table]) => table)
}
