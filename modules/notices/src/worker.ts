import { milliseconds } from '@hevd/core'
import type { OrganisationTables } from '@hevd/postgres'
import { deliver } from './deliver.ts'
import { gather } from './gather.ts'
import type { Ground } from './ground.ts'
import { look } from './look.ts'

export type Worker = {
  start(): Promise<void>
  stop(): Promise<void>
  /** Looks and sends once, now. */
  round(organisation: string): Promise<void>
}

/** Looks at what is asked, and sends what is due, again and again. A round that fails is tried again at the next. */
export function createWorker(ground: Ground): Worker {
  const { db, logger, config } = ground
  let stopping = false
  let failing = false
  let timer: NodeJS.Timeout | undefined
  let underWay: Promise<void> = Promise.resolve()

  async function round(organisation: string): Promise<void> {
    await look(ground, organisation)
    await gather(ground, organisation)
    await deliver(ground, organisation, () => stopping)
  }

  async function all(): Promise<void> {
    try {
      const organisations = await db.system((tx) =>
        tx.withTables<OrganisationTables>().selectFrom('hevd.organisation').select('id').execute(),
      )
      for (const { id } of organisations) if (!stopping) await round(id)
      if (failing) logger.info({}, 'notices are looked after again')
      failing = false
    } catch (error) {
      if (!failing) logger.error({ err: error }, 'a round of notices failed; it is tried again')
      failing = true
    }
    wakeLater()
  }

  function wakeLater(): void {
    if (stopping) return
    timer = setTimeout(() => {
      underWay = all()
    }, milliseconds(config.poll))
    timer.unref()
  }

  return {
    round,
    start: async () => {
      stopping = false
      wakeLater()
    },
    stop: async () => {
      stopping = true
      clearTimeout(timer)
      await underWay
    },
  }
}
