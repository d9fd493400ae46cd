import { setTimeout as sleep } from 'node:timers/promises'
import type { Account } from './account.ts'
import type { Layout } from './layout.ts'
import { removeOldLogs } from './logs.ts'
import { findOrphan, startPostmaster, stopPostmaster } from './postmaster.ts'
import { isAlive } from './process-table.ts'
import type { Programs } from './programs.ts'

const LOOK_MS = 250
/** Between one tidying of the logs and the next. */
const TIDY_MS = 10_000
const LONGEST_PAUSE_MS = 30_000

/** What happened to the server while it was watched, for the log. */
export type SupervisorEvent =
  | { readonly kind: 'restarted'; readonly pid: number }
  | { readonly kind: 'restart-failed'; readonly error: unknown }

export type Kept = { pid(): number; stop(): Promise<void> }

/**
 * Watches a postmaster and starts it again when it is gone, with longer pauses while that fails, until `stop`, which
 * shuts it down. The watch alone does not keep the process alive.
 */
export function keepRunning(
  first: number,
  server: { readonly programs: Programs; readonly layout: Layout; readonly account: Account | undefined },
  report: (event: SupervisorEvent) => void,
): Kept {
  const { programs, layout, account } = server
  const stopping = new AbortController()
  let pid = first

  async function startAgain(): Promise<boolean> {
    try {
      pid = (await findOrphan(layout, account)) ?? (await startPostmaster(programs, layout, account))
      report({ kind: 'restarted', pid })
      return true
    } catch (error) {
      report({ kind: 'restart-failed', error })
      return false
    }
  }

  async function watch(): Promise<void> {
    let pause = LOOK_MS
    let untidy = 0
    while (!stopping.signal.aborted) {
      await sleep(pause, undefined, { signal: stopping.signal, ref: false }).catch(() => {})
      untidy -= pause
      if (untidy <= 0) {
        await removeOldLogs(layout.logs).catch(() => {})
        untidy = TIDY_MS
      }
      if (stopping.signal.aborted || (await isAlive(pid))) continue
      pause = (await startAgain()) ? LOOK_MS : Math.min(pause * 2, LONGEST_PAUSE_MS)
    }
  }

  const watching = watch()
  return {
    pid: () => pid,
    async stop() {
      stopping.abort()
      await watching
      await stopPostmaster(pid)
    },
  }
}
