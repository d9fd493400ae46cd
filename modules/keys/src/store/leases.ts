import type { Instant } from '@hevd/core'
import { at, columns, type Tx } from '@hevd/postgres'
import { sql } from 'kysely'

export type LeaseRow = {
  readonly id: string
  readonly grant: string
  readonly key: string
  readonly beganAt: Instant
  readonly endsAt: Instant
  readonly upTo: number
}
/** Uses by operation and version, such as `encrypt/3`. */
export type Counts = { readonly [use: string]: number }

export async function insertLease(
  tx: Tx,
  organisation: string,
  server: string,
  lease: LeaseRow,
): Promise<void> {
  await sql`
    insert into keys.lease (organisation, id, grant_id, key, server, began_at, ends_at, up_to)
    values (${organisation}, ${lease.id}, ${lease.grant}, ${lease.key}, ${server}, ${at(lease.beganAt)},
      ${at(lease.endsAt)}, ${lease.upTo})`.execute(tx)
}

export type ClosedLease = LeaseRow & {
  readonly counts: Counts
  readonly uses: number
  readonly usedAt: Instant
}

/** Closes leases with what was counted, and tells grants and versions when they were last used. Those that were still open. */
export async function closeLeases(
  tx: Tx,
  organisation: string,
  leases: readonly ClosedLease[],
  now: Instant,
): Promise<readonly ClosedLease[]> {
  const rows = leases.map(({ id, counts, uses }) => ({ id, counts, uses }))
  const { rows: closed } = await sql<{ id: string }>`
    update keys.lease as l set counts = c.counts, uses = c.uses, closed_at = ${at(now)}
    from ${columns(rows, { id: 'uuid', counts: 'jsonb', uses: 'integer' })} as c (id, counts, uses)
    where l.organisation = ${organisation} and l.id = c.id and l.closed_at is null
    returning l.id`.execute(tx)
  const used = leases.filter(({ uses }) => uses > 0)
  await sql`
    update keys.key_grant as g set last_used_at = greatest(g.last_used_at, u.used)
    from ${columns(
      used.map(({ grant: id, usedAt }) => ({ id, used: usedAt })),
      { id: 'uuid', used: 'timestamptz' },
    )} as u (id, used)
    where g.organisation = ${organisation} and g.id = u.id`.execute(tx)
  const versions = new Map(
    used.flatMap(({ key, counts, usedAt }) =>
      Object.keys(counts).map((use) => {
        const version = Number(use.slice(use.indexOf('/') + 1))
        return [`${key}/${version}`, { key, version, used: usedAt }] as const
      }),
    ),
  )
  await sql`
    update keys.version as v set last_used_at = greatest(v.last_used_at, u.used)
    from ${columns([...versions.values()], { key: 'uuid', version: 'integer', used: 'timestamptz' })}
      as u (key, version, used)
    where v.organisation = ${organisation} and v.key = u.key and v.version = u.version`.execute(tx)
  const ids = new Set(closed.map(({ id }) => id))
  return leases.filter(({ id }) => ids.has(id))
}

/** Closes, without counts, leases that nobody can use any more and that nobody closed: their server died. */
export async function closeLost(
  tx: Tx,
  organisation: string,
  endedBefore: Instant,
  now: Instant,
): Promise<readonly LeaseRow[]> {
  const { rows } = await sql<LeaseRow>`
    with lost as (
      select id from keys.lease
      where organisation = ${organisation} and closed_at is null and ends_at < ${at(endedBefore)}
      order by id limit 1000 for update skip locked)
    update keys.lease as l set closed_at = ${at(now)} from lost
    where l.organisation = ${organisation} and l.id = lost.id
    returning l.id, l.grant_id as "grant", l.key, l.began_at as "beganAt", l.ends_at as "endsAt",
      l.up_to as "upTo"`.execute(tx)
  return rows
}

export type UseRow = LeaseRow & {
  readonly counts: Counts | null
  readonly uses: number | null
  readonly closedAt: Instant | null
  readonly holderKind: 'account' | 'service'
  readonly holder: string
}

/** The newest uses of a key; those that closed without a use are left out. */
export async function usesOfKey(
  tx: Tx,
  organisation: string,
  key: string,
  limit: number,
): Promise<readonly UseRow[]> {
  const { rows } = await sql<UseRow>`
    select l.id, l.grant_id as "grant", l.key, l.began_at as "beganAt", l.ends_at as "endsAt", l.up_to as "upTo",
      l.counts, l.uses, l.closed_at as "closedAt", g.holder_kind as "holderKind", g.holder
    from keys.lease l join keys.key_grant g on g.organisation = l.organisation and g.id = l.grant_id
    where l.organisation = ${organisation} and l.key = ${key} and l.uses is distinct from 0
    order by l.began_at desc, l.id desc limit ${limit}`.execute(tx)
  return rows
}
