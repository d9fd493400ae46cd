import { milliseconds } from '@hevd/core'
import type { Context } from './deps.ts'
import { publish } from './publish.ts'
import type { ReadBack } from './read-back.ts'
import { hostNames } from './store.ts'

/** Publishes for every organisation, again and again, and reads the page back after something was published. */
export type Publisher = {
  start(): void
  stop(): Promise<void>
  /** Does not wait for the next look. */
  wake(): void
}

export function createPublisher(context: Context, readBack: () => ReadBack | null): Publisher {
  const { db, config, logger } = context
  let timer: NodeJS.Timeout | undefined
  let underWay: Promise<void> = Promise.resolve()
  let stopped = true
  let first = true
  let again = false
  let failing = false

  async function look(): Promise<void> {
    for (const { id, host_name: host } of await db.system(hostNames)) {
      const published = await publish(context, id)
      if (published > 0 || first) await readBack()?.read(id, host)
    }
    first = false
  }

  async function round(): Promise<void> {
    again = false
    try {
      await look()
      failing = false
    } catch (error) {
      if (!failing) logger.warn({ err: error }, 'the public log could not be written to; trying again')
      failing = true
    }
    sleep(again ? 0 : milliseconds(config.look))
  }

  function sleep(time: number): void {
    if (stopped) return
    timer = setTimeout(() => {
      timer = undefined
      underWay = round()
    }, time)
    timer.unref()
  }

  return {
    start() {
      stopped = false
      sleep(0)
    },
    async stop() {
      stopped = true
      clearTimeout(timer)
      await underWay
    },
    wake() {
      again = true
      if (timer === undefined) return
      clearTimeout(timer)
      sleep(0)
    },
  }
}
