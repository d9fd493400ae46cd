import type { Instant } from '@hevd/core'
import type { BackupRecord, Progress } from '../backup.ts'
import type { DrillRecord } from '../drill.ts'
import type { Repository } from '../repository/repository.ts'

/** A PostgreSQL server, 15 or newer, as the role that its backups are made as. */
export type PostgresSource = {
  /** Its name in the repository. */
  readonly source: string
  /**
   * The role needs REPLICATION and a line `replication` in pg_hba.conf; for the counts, pg_read_all_data, and BYPASSRLS
   * where tables have row-level security. TLS as the address says (`sslmode`).
   */
  readonly url: string
  /** Name of its physical replication slot, which is made where it is not there; `slotOf(source)` if not given. */
  readonly slot?: string
}

export type BackUpPostgres = PostgresSource & {
  readonly repository: Repository
  /** `age1…`, at least one. */
  readonly recipients: readonly string[]
  /** Name of this host, for the record. */
  readonly host: string
  readonly now: () => Instant
  readonly progress?: Progress
  readonly signal?: AbortSignal
  readonly counts?: Partial<CountLimits>
}

/** How much of a server is read in order to count its rows, in bytes. */
export type CountLimits = {
  /** Tables up to this have a checksum taken of all their rows; 256 MiB if not given. */
  readonly checksumUpTo: number
  /** Altogether, smallest tables first: those beyond it are not counted, and a drill reads them without comparing; 64 GiB if not given. */
  readonly countUpTo: number
}

/** What happens while write-ahead log is archived. */
export type WalEvent =
  /** A segment is in the target, and the server was told: what was committed before `lsn` can be restored. */
  | { readonly kind: 'archived'; readonly segment: string; readonly lsn: string; readonly bytes: number }
  /** Connected, and taking all the log there is. */
  | { readonly kind: 'streaming'; readonly lsn: string; readonly slot: string }
  /** The server no longer has `from` … `to` (exclusive): what comes after is archived, but only a new full backup reaches it. */
  | { readonly kind: 'gap'; readonly from: string; readonly to: string }
  /** Told about every ten seconds while all that the server has written is in the target. */
  | { readonly kind: 'caught-up'; readonly lsn: string }

export type ArchiveWal = PostgresSource & {
  readonly repository: Repository
  readonly recipients: readonly string[]
  /** Aborting it ends the stream once what is complete has been put away. */
  readonly signal: AbortSignal
  readonly report?: (event: WalEvent) => void
  /** Ends by itself when what is before this is in the target. */
  readonly until?: string
  /**
   * Milliseconds after which a segment with something in it is ended (pg_switch_wal) though it is not full, where the role
   * may do that. Not given: only full segments are put away.
   */
  readonly switchAfter?: number
  /** What the server shows as the time of our last word; the system's clock if not given. */
  readonly now?: () => Instant
}

/**
 * How far to go: to the end of the log that is there, to the last transaction committed at a moment, to a log position, or
 * no further than the backup itself.
 */
export type RestoreUntil = 'latest' | 'backup' | { readonly time: Instant } | { readonly lsn: string }

export type RestorePostgres = {
  readonly repository: Repository
  readonly source: string
  /** `AGE-SECRET-KEY-1…`. */
  readonly identities: readonly string[]
  /**
   * Absolute; not there, or an empty folder. It gets `data` (the data directory), `wal` (the log that the server will ask for
   * while it recovers) and `tablespaces/<oid>`; it is `<into>.partial` until all of it is there.
   */
  readonly into: string
  readonly until: RestoreUntil
  /** Not given: the newest full one from which `until` can be reached. */
  readonly backupId?: string
  /** Whose the files shall be; for root alone. Not given: the account `postgres`, where there is one. */
  readonly owner?: { readonly uid: number; readonly gid: number }
  readonly progress?: Progress
  readonly signal?: AbortSignal
}

export type RestoredPostgres = {
  readonly backup: BackupRecord
  /** The data directory. It recovers when a server of the same major version is started in it. */
  readonly data: string
  /** The folder of the log; it may go when the server has recovered. */
  readonly wal: string
  readonly major: number
  /** Files compared with PostgreSQL's own manifest of the backup. */
  readonly files: number
  /** Segments of log that were put beside it. */
  readonly segments: number
}

export type DrillPostgres = {
  readonly repository: Repository
  readonly source: string
  readonly identities: readonly string[]
  /** Not given: the newest. */
  readonly backupId?: string
  /** A folder in which the server is made, started and removed; it needs room for the whole database. */
  readonly scratch: string
  /** PATH, searched for the server's programs after the distributions' own places. */
  readonly path?: string
  readonly now: () => Instant
  readonly progress?: Progress
  readonly signal?: AbortSignal
}

export type { DrillRecord }
