import { setTimeout as sleep } from 'node:timers/promises'
import { type Clock, milliseconds } from '@hevd/core'
import type { Database } from '@hevd/postgres'
import type { LedgerConfig } from './config.ts'
import type { LogName } from './contract.ts'
import { LedgerError } from './errors.ts'
import { inTurn } from './in-turn.ts'
import { type Log, openLog, originOf } from './log.ts'
import { type Turn, takeTurn } from './sequence.ts'
import { type Standing, standings, waits } from './store.ts'
import { showToWitnesses } from './witnesses.ts'
import { startWorker, type Worker } from './worker.ts'

export type Reports = {
  /** The first failure in a row, and the end of it. */
  readonly failed: (organisation: string, error: unknown) => void
  readonly recovered: (organisation: string) => void
  readonly witnessFailed: (witness: string, error: unknown) => void
  readonly witnessRecovered: (witness: string) => void
}

export type LogsDeps = {
  readonly db: Database
  readonly clock: Clock
  readonly home: string
  readonly config: LedgerConfig
  readonly reports: Reports
}

/** The logs of all organisations that this process has open, and what carries them on. */
export type Logs = {
  open(organisation: string): Promise<void>
  /** Throws `log-not-open`. */
  opened(organisation: string, name: LogName): Log
  /** Throws why nothing may be acknowledged now, if so. */
  writable(organisation: string, name: LogName): void
  /** Something was appended and is about to be acknowledged. */
  wake(organisation: string): void
  settle(organisation: string): Promise<void>
  start(): void
  stop(): Promise<void>
}

type OpenLog = { readonly log: Log; readonly turn: ReturnType<typeof inTurn> }
const names: readonly LogName[] = ['internal', 'public']
/** Pause before the turn is asked for again that another sequencer has; milliseconds. */
const busyPause = 5

export function createLogs({ db, clock, home, config, reports }: LogsDeps): Logs {
  const open = new Map<string, ReadonlyMap<LogName, OpenLog>>()
  const refused = new Map<string, LedgerError>()
  const workers = new Map<string, Worker>()
  let started = false
  const witnesses = showToWitnesses({
    db,
    clock,
    timeout: milliseconds(config.witnessTimeout),
    witnesses: config.witnesses,
    failed: reports.witnessFailed,
    recovered: reports.witnessRecovered,
  })

  function found(organisation: string, name: LogName): OpenLog {
    const log = open.get(organisation)?.get(name)
    if (log === undefined)
      throw (
        refused.get(organisation) ?? new LedgerError('log-not-open', { log: originOf(organisation, name) })
      )
    return log
  }

  /**
   * Turns until one takes all that waits, or until `until` waits no more: then once more, since another server may have taken
   * it. A turn of ours that is not full has taken everything that was acknowledged before it began. Of two at once in this
   * process the second waits.
   */
  async function carryOn({ log, turn }: OpenLog, until: string | null = null): Promise<void> {
    for (let isLast = false; ; ) {
      const taken: Turn = await turn(() => takeTurn(db, clock, log, config.batch))
      if (taken.kind === 'published' && started) witnesses.show(log)
      if (taken.kind === 'busy') await sleep(busyPause)
      else if (taken.kind === 'idle' || !taken.full || isLast) return
      else if (until !== null) isLast = !(await isWaiting(log, until))
    }
  }

  const isWaiting = (log: Log, last: string) =>
    db.transaction(log.organisation, (tx) => waits(tx, log.organisation, log.name, last))

  /** One look at both logs; only a log in which something moved, or that is refused, takes a turn. */
  async function look(organisation: string): Promise<void> {
    const stand = await db.transaction(organisation, (tx) => standings(tx, organisation))
    for (const name of names) {
      const opened = found(organisation, name)
      const { log } = opened
      if (
        needsTurn(
          log,
          stand.find((row) => row.log === name),
        )
      )
        await carryOn(opened)
      if (started) witnesses.show(log)
    }
  }

  function work(organisation: string): void {
    if (!started || workers.has(organisation)) return
    workers.set(
      organisation,
      startWorker({
        look: () => look(organisation),
        failed: (error) => reports.failed(organisation, error),
        recovered: () => reports.recovered(organisation),
        coalesce: milliseconds(config.coalesce),
        every: milliseconds(config.look),
        longestPause: milliseconds(config.longestPause),
      }),
    )
  }

  return {
    async open(organisation) {
      try {
        if (!open.has(organisation)) {
          const logs = new Map<LogName, OpenLog>()
          for (const name of names)
            logs.set(name, { log: await openLog(db, home, organisation, name), turn: inTurn() })
          open.set(organisation, logs)
        }
        for (const name of names) await carryOn(found(organisation, name))
        refused.delete(organisation)
      } catch (error) {
        if (error instanceof LedgerError) refused.set(organisation, error)
        throw error
      } finally {
        if (open.has(organisation)) work(organisation)
      }
    },
    opened: (organisation, name) => found(organisation, name).log,
    writable(organisation, name) {
      const { log } = found(organisation, name)
      if (log.refused !== null) throw log.refused
    },
    wake: (organisation) => workers.get(organisation)?.wake(),
    async settle(organisation) {
      const logs = names.map((name) => found(organisation, name))
      const stand = await db.transaction(organisation, (tx) => standings(tx, organisation))
      for (const opened of logs) {
        const standing = stand.find(({ log }) => log === opened.log.name)
        if (needsTurn(opened.log, standing)) await carryOn(opened, standing?.last ?? null)
      }
    },
    start() {
      started = true
      for (const organisation of open.keys()) work(organisation)
    },
    async stop() {
      started = false
      await Promise.all([...workers.values()].map((worker) => worker.stop()))
      workers.clear()
      await witnesses.settled()
      for (const logs of open.values()) for (const { log } of logs.values()) log.file.close()
    },
  }
}

/** Whether something waits, or moved, or is refused; a database that went back has moved too. */
function needsTurn({ kept, refused }: Log, standing: Standing | undefined): boolean {
  if (standing === undefined || refused !== null || standing.last !== null) return true
  return standing.size !== (kept?.size ?? 0) || (kept !== null && !standing.root.equals(kept.root))
}
