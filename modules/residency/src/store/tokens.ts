import type { CalendarDate, Instant } from '@hevd/core'
import { at, type Tx } from '@hevd/postgres'
import { sql } from 'kysely'

export type TokenRow = {
  readonly id: string
  readonly service: string
  readonly reports: boolean
  readonly until: CalendarDate
  readonly madeAt: Instant
  readonly lastUsedAt: Instant | null
  readonly revokedAt: Instant | null
}

const selected = sql`id, service, reports, ends_on as "until", made_at as "madeAt", last_used_at as "lastUsedAt",
  revoked_at as "revokedAt"`

export async function allTokens(tx: Tx, organisation: string): Promise<readonly TokenRow[]> {
  const { rows } = await sql<TokenRow>`
    select ${selected} from residency.token where organisation = ${organisation}
    order by made_at desc, id desc`.execute(tx)
  return rows
}

/** One that is not revoked, by the hash of the token. */
export async function tokenByHash(tx: Tx, organisation: string, hash: Buffer): Promise<TokenRow | undefined> {
  const { rows } = await sql<TokenRow>`
    select ${selected} from residency.token
    where organisation = ${organisation} and token_hash = ${hash} and revoked_at is null`.execute(tx)
  return rows[0]
}

export async function insertToken(
  tx: Tx,
  organisation: string,
  token: Omit<TokenRow, 'lastUsedAt' | 'revokedAt'> & { readonly hash: Buffer; readonly by: string },
): Promise<void> {
  await sql`
    insert into residency.token (organisation, id, token_hash, service, reports, ends_on, made_by, made_at)
    values (${organisation}, ${token.id}, ${token.hash}, ${token.service}, ${token.reports}, ${token.until}, ${token.by},
      ${at(token.madeAt)})`.execute(tx)
}

/** Whether there is one of that id; revoking twice changes nothing. */
export async function revokeToken(
  tx: Tx,
  organisation: string,
  id: string,
  now: Instant,
): Promise<'revoked' | 'was-revoked' | 'unknown'> {
  const { rows } = await sql`
    update residency.token set revoked_at = ${at(now)}
    where organisation = ${organisation} and id = ${id} and revoked_at is null returning id`.execute(tx)
  if (rows.length > 0) return 'revoked'
  const there = await sql`
    select id from residency.token where organisation = ${organisation} and id = ${id}`.execute(tx)
  return there.rows.length > 0 ? 'was-revoked' : 'unknown'
}

export async function touchTokens(
  tx: Tx,
  organisation: string,
  ids: readonly string[],
  now: Instant,
): Promise<void> {
  await sql`
    update residency.token set last_used_at = ${at(now)}
    where organisation = ${organisation} and id = any(${[...ids]}::uuid[])`.execute(tx)
}
