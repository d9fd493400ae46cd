import { existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import type { Bilingual, Instant } from '@hevd/core'
import { z } from 'zod'
import { stateFileOf } from './places.ts'

/** Why something did not go well. */
export type Why = {
  /** Of an ArchiveError, else of whatever was thrown (`ENOSPC`, an SQLSTATE), else `unexpected`. */
  readonly code: string
  /** Of an ArchiveError; never a credential. */
  readonly params: { readonly [name: string]: string }
  readonly words: Bilingual
}

/** One attempt at a backup of a source. */
export type RunRecord = {
  readonly id: number
  readonly source: string
  /** The name of its target in backups.json. */
  readonly target: string
  readonly kind: 'full' | 'incremental'
  readonly startedAt: Instant
  /** Null while it runs. */
  readonly endedAt: Instant | null
  /**
   * `incomplete`: it was made, and something of the source could not be read; `interrupted`: its process ended first, however
   * that was, which the next one of the source finds out.
   */
  readonly outcome: 'running' | 'made' | 'incomplete' | 'failed' | 'interrupted'
  /** Null unless it was made or is incomplete. */
  readonly backupId: string | null
  /** Bytes of content, before compression. */
  readonly bytes: number
  /** Of one that failed or is incomplete. */
  readonly why: Why | null
}

/** One restore drill of a source. */
export type DrillRun = {
  readonly id: number
  readonly source: string
  readonly target: string
  /** Null where it failed before one was chosen. */
  readonly backupId: string | null
  readonly startedAt: Instant
  readonly endedAt: Instant
  /** `not-run`: it could not be carried out (target away, no programs), which tells nothing of the backup. */
  readonly outcome: 'passed' | 'failed' | 'not-run'
  readonly why: Why | null
  readonly files: number
  readonly tables: number
  readonly rows: number
}

/** How far the write-ahead log of a database server has been put away. */
export type LogState = {
  readonly source: string
  /** When a part of it was last put away, or all of it was found to be. */
  readonly at: Instant
  readonly lsn: string
  /** Why it has not gone on since; null when it goes as it should. */
  readonly why: Why | null
}

/** What was run on this host, of all sources, newest first. */
export type BackupsState = {
  readonly runs: readonly RunRecord[]
  readonly drills: readonly DrillRun[]
  readonly logs: readonly LogState[]
}

/** What a source's own last attempts come to. */
export type SourceState = {
  readonly lastAttempt: RunRecord | null
  readonly lastFull: RunRecord | null
  /** The last one made, of either kind. */
  readonly lastMade: RunRecord | null
  readonly lastDrill: DrillRun | null
  readonly log: LogState | null
}

/** Version in `user_version`. */
export const stateVersion = 1

const text = (value: unknown): string => String(value)
const textOrNull = (value: unknown): string | null => (value === null ? null : String(value))

const whyShape = z.object({
  code: z.string(),
  params: z.record(z.string(), z.string()),
  words: z.object({ nb: z.string(), en: z.string() }),
})
const whyOf = (value: unknown): Why | null =>
  value === null ? null : whyShape.parse(JSON.parse(text(value)))

/**
 * What this host's backups have come to; empty where none was ever run. Reads alone, beside a process that writes.
 * Throws what SQLite throws where the file is damaged or may not be read.
 */
export function readState(home: string): BackupsState {
  const path = stateFileOf(home)
  if (!existsSync(path)) return { runs: [], drills: [], logs: [] }
  const database = new DatabaseSync(path, { readOnly: true, timeout: 5000 })
  try {
    return stateIn(database)
  } finally {
    database.close()
  }
}

/** The same of a database that is open. */
export function stateIn(database: DatabaseSync): BackupsState {
  return {
    runs: database.prepare('select * from run order by id desc').all().map(runOf),
    drills: database.prepare('select * from drill order by id desc').all().map(drillOf),
    logs: database.prepare('select * from log order by source').all().map(logOf),
  }
}

export function sourceState({ runs, drills, logs }: BackupsState, source: string): SourceState {
  const own = runs.filter((run) => run.source === source)
  return {
    lastAttempt: own[0] ?? null,
    lastFull: own.find(({ kind, outcome }) => kind === 'full' && outcome === 'made') ?? null,
    lastMade: own.find(({ outcome }) => outcome === 'made') ?? null,
    lastDrill: drills.find((drill) => drill.source === source) ?? null,
    log: logs.find((log) => log.source === source) ?? null,
  }
}

type Row = Record<string, unknown>

function runOf(row: Row): RunRecord {
  return {
    id: Number(row.id),
    source: text(row.source),
    target: text(row.target),
    kind: row.kind === 'full' ? 'full' : 'incremental',
    startedAt: Number(row.started_at),
    endedAt: row.ended_at === null ? null : Number(row.ended_at),
    outcome: oneOf(row.outcome, ['running', 'made', 'incomplete', 'failed', 'interrupted']),
    backupId: textOrNull(row.backup_id),
    bytes: Number(row.bytes),
    why: whyOf(row.why),
  }
}

function drillOf(row: Row): DrillRun {
  return {
    id: Number(row.id),
    source: text(row.source),
    target: text(row.target),
    backupId: textOrNull(row.backup_id),
    startedAt: Number(row.started_at),
    endedAt: Number(row.ended_at),
    outcome: oneOf(row.outcome, ['passed', 'failed', 'not-run']),
    why: whyOf(row.why),
    files: Number(row.files),
    tables: Number(row.tables),
    rows: Number(row.rows),
  }
}

function logOf(row: Row): LogState {
  return {
    source: text(row.source),
    at: Number(row.at),
    lsn: text(row.lsn),
    why: whyOf(row.why),
  }
}

function oneOf<T extends string>(value: unknown, known: readonly T[]): T {
  const found = known.find((each) => each === value)
  if (found === undefined) throw new RangeError(`${String(value)} is none of ${known.join(', ')}`)
  return found
}
