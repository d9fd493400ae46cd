import type { CalendarDate, Instant } from '@hevd/core'
import { at, type Tx } from '@hevd/postgres'
import { sql } from 'kysely'
import type { Holder } from '../contract.ts'

export type TokenRow = {
  readonly id: string
  readonly holderKind: Holder['kind']
  readonly holder: string
  readonly sources: readonly string[]
  /** Id of an account. */
  readonly madeBy: string
  readonly madeAt: Instant
  readonly until: CalendarDate
  readonly lastUsedAt: Instant | null
  readonly revokedAt: Instant | null
}

const selected = sql`id, holder_kind as "holderKind", holder, sources, made_by as "madeBy", made_at as "madeAt",
  ends_on as "until", last_used_at as "lastUsedAt", revoked_at as "revokedAt"`

export async function allTokens(tx: Tx, organisation: string): Promise<readonly TokenRow[]> {
  const { rows } = await sql<TokenRow>`
    select ${selected} from keys.token where organisation = ${organisation} order by made_at desc, id desc`.execute(
    tx,
  )
  return rows
}

export async function tokenById(tx: Tx, organisation: string, id: string): Promise<TokenRow | undefined> {
  const { rows } = await sql<TokenRow>`
    select ${selected} from keys.token where organisation = ${organisation} and id = ${id}`.execute(tx)
  return rows[0]
}

export async function tokenByHash(tx: Tx, organisation: string, hash: Buffer): Promise<TokenRow | undefined> {
  const { rows } = await sql<TokenRow>`
    select ${selected} from keys.token
    where organisation = ${organisation} and token_hash = ${hash} and revoked_at is null`.execute(tx)
  return rows[0]
}

export async function insertToken(
  tx: Tx,
  organisation: string,
  token: Omit<TokenRow, 'lastUsedAt' | 'revokedAt'> & { readonly hash: Buffer },
): Promise<void> {
  await sql`
    insert into keys.token (organisation, id, token_hash, holder_kind, holder, sources, made_by, made_at, ends_on)
    values (${organisation}, ${token.id}, ${token.hash}, ${token.holderKind}, ${token.holder},
      ${[...token.sources]}::text[], ${token.madeBy}, ${at(token.madeAt)}, ${token.until})`.execute(tx)
}

export async function revokeToken(tx: Tx, organisation: string, id: string, now: Instant): Promise<void> {
  await sql`
    update keys.token set revoked_at = ${at(now)}
    where organisation = ${organisation} and id = ${id} and revoked_at is null`.execute(tx)
}

/** Revokes every token of a holder; how many there were. */
export async function revokeTokensOf(
  tx: Tx,
  organisation: string,
  { kind, id }: Holder,
  now: Instant,
): Promise<number> {
  const { rows } = await sql`
    update keys.token set revoked_at = ${at(now)}
    where organisation = ${organisation} and holder_kind = ${kind} and holder = ${id} and revoked_at is null
    returning id`.execute(tx)
  return rows.length
}

export async function touchTokens(
  tx: Tx,
  organisation: string,
  ids: readonly string[],
  now: Instant,
): Promise<void> {
  await sql`
    update keys.token set last_used_at = ${at(now)}
    where organisation = ${organisation} and id = any(${[...ids]}::uuid[])`.execute(tx)
}
