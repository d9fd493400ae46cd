import { closeSync, mkdirSync, openSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import type { Instant } from '@hevd/core'
import { ArchiveError } from '../errors.ts'
import { backupsFolderOf, stateFileOf } from './places.ts'
import {
  type BackupsState,
  type DrillRun,
  type LogState,
  type RunRecord,
  stateIn,
  stateVersion,
  type Why,
} from './state.ts'

/**
 * Where runs and drills of this host are written down. On disk when a call returns (rollback journal, synchronous=extra:
 * a reader that may only read needs nothing beside the file).
 */
export type Journal = {
  /** A run that begins. What an earlier process left running of this source is `interrupted`. Its id. */
  begin(run: { source: string; target: string; kind: 'full' | 'incremental'; at: Instant }): number
  end(
    id: number,
    end: Pick<RunRecord, 'outcome' | 'backupId' | 'bytes' | 'why'> & { readonly at: Instant },
  ): void
  /** What is still running of a source was interrupted: for whoever holds its lock. */
  interrupt(source: string, at: Instant): void
  drilled(drill: Omit<DrillRun, 'id'>): void
  logged(log: LogState): void
  /** The log stands still since; its last place is kept. Nothing where none is known. */
  logStands(source: string, why: Why): void
  state(): BackupsState
  close(): void
}

/** How many runs and drills of each source are remembered; those that were made are in the repository itself. */
const kept = 200

const schema = `
create table run (
  id         integer primary key autoincrement,
  source     text not null,
  target     text not null,
  kind       text not null,
  started_at integer not null,
  ended_at   integer,
  outcome    text not null,
  backup_id  text,
  bytes      integer not null default 0,
  why        text
) strict;
create index run_of on run (source, id);

create table drill (
  id         integer primary key autoincrement,
  source     text not null,
  target     text not null,
  backup_id  text,
  started_at integer not null,
  ended_at   integer not null,
  outcome    text not null,
  why        text,
  files      integer not null,
  tables     integer not null,
  rows       integer not null
) strict;
create index drill_of on drill (source, id);

create table log (
  source text primary key,
  at     integer not null,
  lsn    text not null,
  why    text
) strict, without rowid;

pragma user_version = ${stateVersion};
`

/** Opens it, made at the first call. Throws ArchiveError `state-not-readable`. */
export function openJournal(home: string): Journal {
  mkdirSync(backupsFolderOf(home), { recursive: true, mode: 0o700 })
  const database = opened(stateFileOf(home))
  const begin = database.prepare(
    `insert into run (source, target, kind, started_at, outcome) values (?, ?, ?, ?, 'running')`,
  )
  const interrupted = database.prepare(
    `update run set outcome = 'interrupted', ended_at = ? where source = ? and outcome = 'running'`,
  )
  const end = database.prepare(
    'update run set outcome = ?, ended_at = ?, backup_id = ?, bytes = ?, why = ? where id = ?',
  )
  const drilled = database.prepare(
    `insert into drill (source, target, backup_id, started_at, ended_at, outcome, why, files, tables, rows)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const forget = (['run', 'drill'] as const).map((table) =>
    database.prepare(
      `delete from ${table} where source = ? and id <= (
         select id from ${table} where source = ? order by id desc limit 1 offset ${kept})`,
    ),
  )
  const logged = database.prepare('insert or replace into log (source, at, lsn, why) values (?, ?, ?, ?)')
  const stands = database.prepare('update log set why = ? where source = ?')
  const json = (why: Why | null) => (why === null ? null : JSON.stringify(why))
  return {
    begin({ source, target, kind, at }) {
      interrupted.run(at, source)
      for (const each of forget) each.run(source, source)
      return Number(begin.run(source, target, kind, at).lastInsertRowid)
    },
    end(id, { outcome, at, backupId, bytes, why }) {
      end.run(outcome, at, backupId, bytes, json(why), id)
    },
    interrupt(source, at) {
      interrupted.run(at, source)
    },
    drilled({ source, target, backupId, startedAt, endedAt, outcome, why, files, tables, rows }) {
      drilled.run(source, target, backupId, startedAt, endedAt, outcome, json(why), files, tables, rows)
    },
    logged({ source, at, lsn, why }) {
      logged.run(source, at, lsn, json(why))
    },
    logStands(source, why) {
      stands.run(json(why), source)
    },
    state: () => stateIn(database),
    close: () => database.close(),
  }
}

function opened(path: string): DatabaseSync {
  closeSync(openSync(path, 'a', 0o600))
  const database = new DatabaseSync(path, { timeout: 5000 })
  try {
    database.exec('pragma synchronous = extra; begin immediate')
    const { user_version: version } = database.prepare('pragma user_version').get() ?? {}
    if (version === 0) database.exec(schema)
    database.exec('commit')
    if (typeof version === 'number' && version > stateVersion) throw new RangeError(`version ${version}`)
    return database
  } catch (error) {
    database.close()
    const reason = error instanceof Error ? error.message : String(error)
    throw new ArchiveError('state-not-readable', { path, reason }, error)
  }
}
