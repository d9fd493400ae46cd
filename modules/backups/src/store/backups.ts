import type { Instant } from '@hevd/core'
import { backups } from '@hevd/facts'
import { factsOfTypes } from '@hevd/feeds'
import { at, columns, type Tx } from '@hevd/postgres'
import { sql } from 'kysely'

/** A backup as it is remembered; `digest` is what its record is to have. */
export type BackupRow = {
  readonly id: string
  readonly source: string
  readonly backup: string
  readonly startedAt: Instant
  readonly digest: string
  readonly acceptedAt: Instant | null
}

const selected = sql`id, source, backup, started_at as "startedAt", digest, accepted_at as "acceptedAt"`

export async function backupsOf(tx: Tx, organisation: string, source: string): Promise<readonly BackupRow[]> {
  const { rows } = await sql<BackupRow>`
    select ${selected} from backups.backup where organisation = ${organisation} and source = ${source}
    order by started_at desc, id`.execute(tx)
  return rows
}

/** Remembers backups that are not remembered yet. */
export async function addBackups(
  tx: Tx,
  organisation: string,
  seen: readonly Omit<BackupRow, 'acceptedAt'>[],
  now: Instant,
): Promise<void> {
  const rows = seen.map(({ startedAt, ...row }) => ({ ...row, started_at: startedAt }))
  const types = {
    id: 'text',
    source: 'text',
    backup: 'text',
    started_at: 'timestamptz',
    digest: 'text',
  } as const
  await sql`
    insert into backups.backup (organisation, seen_at, id, source, backup, started_at, first_digest, digest)
    select ${organisation}::uuid, ${at(now)}, id, source, backup, started_at, digest, digest
    from ${columns(rows, types)} as said (id, source, backup, started_at, digest)
    on conflict do nothing`.execute(tx)
}

/** Takes the digests that the backups of a source have now for theirs. Those that changed. */
export async function acceptChanges(
  tx: Tx,
  organisation: string,
  source: string,
  { by, why, now }: { readonly by: string; readonly why: string; readonly now: Instant },
): Promise<readonly BackupRow[]> {
  const { rows } = await sql<BackupRow>`
    update backups.backup known set digest = said.value ->> 'digest', accepted_at = ${at(now)}, accepted_by = ${by},
      accepted_why = ${why}
    from ${factsOfTypes(organisation, [backups.name])} as said
    where known.organisation = ${organisation} and known.source = ${source} and said.key = known.id
      and said.value ->> 'digest' <> known.digest
    returning known.id, known.source, known.backup, known.started_at as "startedAt", known.digest,
      known.accepted_at as "acceptedAt"`.execute(tx)
  return rows
}

/** The source and backup that a record of this digest is of, as it is or was first; undefined where none is remembered. */
export async function backupWith(
  tx: Tx,
  organisation: string,
  digest: string,
): Promise<{ readonly source: string; readonly backup: string } | undefined> {
  const { rows } = await sql<{ source: string; backup: string }>`
    select source, backup from backups.backup
    where organisation = ${organisation} and (digest = ${digest} or first_digest = ${digest})
    order by id limit 1`.execute(tx)
  return rows[0]
}
