import type { Duration, Instant } from '@hevd/core'
import { at, type Tx } from '@hevd/postgres'
import { sql } from 'kysely'
import type { KeyType } from '../contract.ts'

/** A key as it is kept, without its versions. Whoever did something is `account/<id>` or `service/<id>`. */
export type KeyRow = {
  readonly id: string
  readonly name: string
  readonly type: KeyType
  readonly derived: boolean
  readonly convergent: boolean
  readonly latest: number
  readonly minDecryption: number
  readonly minEncryption: number
  readonly minAvailable: number
  readonly deletionAllowed: boolean
  readonly exportable: boolean
  /** Ids of accounts. */
  readonly exportAskedBy: string | null
  readonly exportAskedAt: Instant | null
  readonly exportApprovedBy: string | null
  readonly autoRotate: Duration | null
  readonly rotatesAt: Instant | null
  readonly madeBy: string
  readonly madeAt: Instant
  readonly rotatedAt: Instant
  readonly deletedAt: Instant | null
  readonly destroysAt: Instant | null
}

const selected = sql`id, name, type, derived, convergent, latest, min_decryption as "minDecryption",
  min_encryption as "minEncryption", min_available as "minAvailable", deletion_allowed as "deletionAllowed", exportable,
  export_asked_by as "exportAskedBy", export_asked_at as "exportAskedAt", export_approved_by as "exportApprovedBy",
  auto_rotate as "autoRotate", rotates_at as "rotatesAt", made_by as "madeBy", made_at as "madeAt",
  rotated_at as "rotatedAt", deleted_at as "deletedAt", destroys_at as "destroysAt"`

const momentOr = (moment: Instant | null) => (moment === null ? sql`null` : at(moment))

/** Every key that is not destroyed, by name. */
export async function allKeys(tx: Tx, organisation: string): Promise<readonly KeyRow[]> {
  const { rows } = await sql<KeyRow>`
    select ${selected} from keys.key
    where organisation = ${organisation} and destroyed_at is null order by name collate "C"`.execute(tx)
  return rows
}

export async function keyByName(tx: Tx, organisation: string, name: string): Promise<KeyRow | undefined> {
  const { rows } = await sql<KeyRow>`
    select ${selected} from keys.key
    where organisation = ${organisation} and name = ${name} and destroyed_at is null`.execute(tx)
  return rows[0]
}

/** Keys that are due to be rotated or destroyed, at most a hundred. */
export async function dueKeys(
  tx: Tx,
  organisation: string,
  what: 'rotates_at' | 'destroys_at',
  now: Instant,
): Promise<readonly KeyRow[]> {
  const due =
    what === 'rotates_at'
      ? sql`rotates_at <= ${at(now)} and deleted_at is null`
      : sql`destroys_at <= ${at(now)}`
  const { rows } = await sql<KeyRow>`
    select ${selected} from keys.key
    where organisation = ${organisation} and destroyed_at is null and ${due}
    order by id limit 100`.execute(tx)
  return rows
}

/** Writes a key, new or as it is now. Throws the driver's unique violation where another has the name. */
export async function putKey(tx: Tx, organisation: string, key: KeyRow): Promise<void> {
  await sql`
    insert into keys.key (organisation, id, name, type, derived, convergent, latest, min_decryption, min_encryption,
      min_available, deletion_allowed, exportable, export_asked_by, export_asked_at, export_approved_by, auto_rotate,
      rotates_at, made_by, made_at, rotated_at, deleted_at, destroys_at)
    values (${organisation}, ${key.id}, ${key.name}, ${key.type}, ${key.derived}, ${key.convergent}, ${key.latest},
      ${key.minDecryption}, ${key.minEncryption}, ${key.minAvailable}, ${key.deletionAllowed}, ${key.exportable},
      ${key.exportAskedBy}, ${momentOr(key.exportAskedAt)}, ${key.exportApprovedBy}, ${key.autoRotate},
      ${momentOr(key.rotatesAt)}, ${key.madeBy}, ${at(key.madeAt)}, ${at(key.rotatedAt)}, ${momentOr(key.deletedAt)},
      ${momentOr(key.destroysAt)})
    on conflict (organisation, id) do update set latest = excluded.latest, min_decryption = excluded.min_decryption,
      min_encryption = excluded.min_encryption, min_available = excluded.min_available,
      deletion_allowed = excluded.deletion_allowed, exportable = excluded.exportable,
      export_asked_by = excluded.export_asked_by, export_asked_at = excluded.export_asked_at,
      export_approved_by = excluded.export_approved_by, auto_rotate = excluded.auto_rotate,
      rotates_at = excluded.rotates_at, rotated_at = excluded.rotated_at, deleted_at = excluded.deleted_at,
      destroys_at = excluded.destroys_at`.execute(tx)
}

export async function setDestroyed(tx: Tx, organisation: string, key: string, now: Instant): Promise<void> {
  await sql`
    update keys.key set destroyed_at = ${at(now)}, auto_rotate = null, rotates_at = null
    where organisation = ${organisation} and id = ${key}`.execute(tx)
}

export type VersionRow = {
  readonly version: number
  /** Null once it is destroyed. */
  readonly wrapped: Buffer | null
  readonly madeAt: Instant
  readonly lastUsedAt: Instant | null
  readonly destroyedAt: Instant | null
}

/** All versions of a key, the first first. */
export async function versionsOf(tx: Tx, organisation: string, key: string): Promise<readonly VersionRow[]> {
  const { rows } = await sql<VersionRow>`
    select version, wrapped, made_at as "madeAt", last_used_at as "lastUsedAt", destroyed_at as "destroyedAt"
    from keys.version where organisation = ${organisation} and key = ${key} order by version`.execute(tx)
  return rows
}

export async function insertVersion(
  tx: Tx,
  organisation: string,
  key: string,
  version: number,
  wrapped: Buffer,
  madeAt: Instant,
): Promise<void> {
  await sql`
    insert into keys.version (organisation, key, version, wrapped, made_at)
    values (${organisation}, ${key}, ${version}, ${wrapped}, ${at(madeAt)})`.execute(tx)
}

/** Destroys versions of a key before one of them; all where none is given. */
export async function destroyVersions(
  tx: Tx,
  organisation: string,
  key: string,
  before: number | null,
  now: Instant,
): Promise<void> {
  await sql`
    update keys.version set wrapped = null, destroyed_at = ${at(now)}
    where organisation = ${organisation} and key = ${key} and destroyed_at is null
      and (${before}::integer is null or version < ${before}::integer)`.execute(tx)
}

/** When a version of each key was last used, by the key's id. */
export async function keysUsed(tx: Tx, organisation: string): Promise<ReadonlyMap<string, Instant>> {
  const { rows } = await sql<{ key: string; used: Instant }>`
    select key, max(last_used_at) as used from keys.version
    where organisation = ${organisation} and last_used_at is not null group by key`.execute(tx)
  return new Map(rows.map(({ key, used }) => [key, used]))
}
