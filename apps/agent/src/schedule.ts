import { milliseconds } from '@hevd/core'
import type { Collector } from './collector.ts'
import { pause } from './sending/doorbell.ts'

export type Schedule = {
  readonly collectors: readonly Collector[]
  /** How many may look at the same time. */
  readonly atMost: number
  /** Milliseconds after which a run is given up. */
  readonly longestRun: number
  /** Runs a collector and keeps what it saw; never throws. */
  readonly run: (collector: Collector) => Promise<void>
  /** Told when a run is given up, or cannot begin because the last one still hangs. */
  readonly hung: (collector: Collector) => void
  readonly monotonic: () => number
  readonly signal: AbortSignal
  /** Waits before a run until there is room for it; at once if not given. */
  readonly before?: () => Promise<void>
  /**
   * Milliseconds until the first run of a collector of this interval; none if not given. Hosts that begin together, as
   * after a power cut, do not go on beating together.
   */
  readonly firstAfter?: (interval: number) => number
}

/**
 * Runs each collector at once and then at its interval, until aborted. An interval counts from the beginning of a run;
 * what was missed while the machine slept is not made up for. A run that hangs gives up its turn to the others.
 */
export async function keepLooking(schedule: Schedule): Promise<void> {
  const turns = turnsFor(schedule.atMost)
  await Promise.all(schedule.collectors.map((collector) => keepRunning(collector, schedule, turns)))
}

const shortestPause = 1000

async function keepRunning(collector: Collector, schedule: Schedule, turns: Turns): Promise<void> {
  const { signal, monotonic } = schedule
  const interval = milliseconds(collector.interval)
  let hanging = false
  await pause(schedule.firstAfter?.(interval) ?? 0, signal)
  while (!signal.aborted) {
    await turns.take()
    await schedule.before?.()
    const began = monotonic()
    if (!signal.aborted) {
      if (hanging) schedule.hung(collector)
      else {
        hanging = true
        const run = schedule.run(collector).finally(() => {
          hanging = false
        })
        if ((await within(run, schedule.longestRun, signal)) === 'late') schedule.hung(collector)
      }
    }
    turns.give()
    await pause(Math.max(shortestPause, interval - (monotonic() - began)), signal)
  }
}

/** Whether a run ended in time; an abort ends the waiting. */
async function within(run: Promise<void>, limit: number, signal: AbortSignal): Promise<'ended' | 'late'> {
  const over = new AbortController()
  const late = pause(limit, AbortSignal.any([signal, over.signal])).then((): 'ended' | 'late' =>
    signal.aborted ? 'ended' : 'late',
  )
  const ended = run.then((): 'ended' => 'ended')
  const first = await Promise.race([ended, late])
  over.abort()
  return first
}

type Turns = { take(): Promise<void>; give(): void }

/** First come, first served. */
export function turnsFor(atMost: number): Turns {
  let free = atMost
  const waiting: (() => void)[] = []
  return {
    async take() {
      if (free > 0) free -= 1
      else await new Promise<void>((turn) => waiting.push(turn))
    },
    give() {
      const next = waiting.shift()
      if (next === undefined) free += 1
      else next()
    },
  }
}
