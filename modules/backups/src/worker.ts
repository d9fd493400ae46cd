import { milliseconds } from '@hevd/core'
import type { OrganisationTables } from '@hevd/postgres'
import type { BackupsContext } from './context.ts'
import { remember } from './remember.ts'

/** Remembers what agents say, again and again. */
export type Worker = { start(): Promise<void>; stop(): Promise<void>; runOnce(): Promise<void> }

export function createWorker(context: BackupsContext): Worker {
  const { db, config, logger } = context
  const pause = milliseconds(config.lookEvery)
  let timer: NodeJS.Timeout | undefined
  let underWay: Promise<void> = Promise.resolve()
  let stopped = true
  let isFailing = false

  async function runOnce(): Promise<void> {
    const organisations = await db.system((tx) =>
      tx.withTables<OrganisationTables>().selectFrom('hevd.organisation').select('id').execute(),
    )
    for (const { id } of organisations) await remember(context, id)
  }

  async function round(): Promise<void> {
    try {
      await runOnce()
      isFailing = false
    } catch (error) {
      if (!isFailing)
        logger.warn({ err: error }, 'what is said of backups could not be remembered; trying again')
      isFailing = true
    }
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
    },
    runOnce,
  }
}
