import type { Instant } from '@hevd/core'
import { at, type Tx } from '@hevd/postgres'
import { sql } from 'kysely'
import type { Auditing, Role } from './contract.ts'

type AccountRow = {
  organisation: string
  id: string
  name: string
  user_name: string
  role: Role
  /** Of an auditor. */
  period: string | null
  ends_at: Instant | null
  passphrase_hash: string
  created_at: Instant
  disabled_at: Instant | null
}
type SessionRow = {
  organisation: string
  token_hash: Buffer
  account: string
  created_at: Instant
  last_used_at: Instant
  expires_at: Instant
}
type InvitationRow = {
  organisation: string
  id: string
  token_hash: Buffer
  role: Role
  period: string | null
  ends_at: Instant | null
  made_by: string | null
  created_at: Instant
  expires_at: Instant
  used_at: Instant | null
  used_by: string | null
  withdrawn_at: Instant | null
}
type FailedSignInRow = { organisation: string; user_name: string; count: number; last_at: Instant }

type Tables = {
  'identity.account': AccountRow
  'identity.session': SessionRow
  'identity.invitation': InvitationRow
  'identity.failed_sign_in': FailedSignInRow
}
const tables = (tx: Tx) => tx.withTables<Tables>()

export type { AccountRow, InvitationRow }

const momentOr = (moment: Instant | null) => (moment === null ? null : at(moment))

/** What an auditor is bound to; null for the other roles. */
export function auditingOf({
  period,
  ends_at: endsAt,
}: Pick<AccountRow, 'period' | 'ends_at'>): Auditing | null {
  return period === null || endsAt === null ? null : { period, endsAt }
}

export async function insertAccount(tx: Tx, row: Omit<AccountRow, 'disabled_at'>): Promise<void> {
  await tables(tx)
    .insertInto('identity.account')
    .values({ ...row, ends_at: momentOr(row.ends_at), created_at: at(row.created_at), disabled_at: null })
    .execute()
}

export function accountByName(tx: Tx, userName: string): Promise<AccountRow | undefined> {
  return tables(tx)
    .selectFrom('identity.account')
    .selectAll()
    .where('user_name', '=', userName)
    .executeTakeFirst()
}

export function accounts(tx: Tx): Promise<AccountRow[]> {
  return tables(tx).selectFrom('identity.account').selectAll().orderBy('name').orderBy('id').execute()
}

/** Names by account id; what is no account's id is left out. */
export async function namesOf(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await tables(tx)
    .selectFrom('identity.account')
    .select(['id', 'name'])
    .where(sql<string>`id::text`, 'in', ids)
    .execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** An account as other modules need it; null while it can sign in. */
export type Standing = {
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly disabledAt: Instant | null
}

/** These accounts, or every one; what is no account's id is left out. */
export async function standings(tx: Tx, ids?: readonly string[]): Promise<Standing[]> {
  const all = tables(tx).selectFrom('identity.account').select(['id', 'name', 'role', 'disabled_at'])
  const asked = ids === undefined ? all : all.where(sql<string>`id::text`, 'in', ids)
  const rows = ids?.length === 0 ? [] : await asked.orderBy('name').orderBy('id').execute()
  return rows.map(({ id, name, role, disabled_at: disabledAt }) => ({ id, name, role, disabledAt }))
}

/** All administrators' rows, locked, so that two demotions at once cannot leave none. */
export async function lockAdministrators(tx: Tx): Promise<string[]> {
  const rows = await tables(tx)
    .selectFrom('identity.account')
    .select('id')
    .where('role', '=', 'administrator')
    .where('disabled_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute()
  return rows.map((row) => row.id)
}

export async function updateAccount(
  tx: Tx,
  id: string,
  change: { readonly role: Role; readonly disabledAt: Instant | null },
): Promise<void> {
  await tables(tx)
    .updateTable('identity.account')
    .set({ role: change.role, disabled_at: momentOr(change.disabledAt) })
    .where('id', '=', id)
    .execute()
}

export async function insertSession(tx: Tx, row: SessionRow): Promise<void> {
  await tables(tx)
    .insertInto('identity.session')
    .values({
      ...row,
      created_at: at(row.created_at),
      last_used_at: at(row.last_used_at),
      expires_at: at(row.expires_at),
    })
    .execute()
}

/** The account behind a live session; a disabled account has none, nor has an auditor's after its end. */
export function accountOfSession(
  tx: Tx,
  tokenHash: Buffer,
  now: Instant,
  idleSince: Instant,
): Promise<(AccountRow & { last_used_at: Instant }) | undefined> {
  return tables(tx)
    .selectFrom('identity.session as session')
    .innerJoin('identity.account as account', (join) =>
      join
        .onRef('account.organisation', '=', 'session.organisation')
        .onRef('account.id', '=', 'session.account'),
    )
    .selectAll('account')
    .select('session.last_used_at')
    .where('session.token_hash', '=', tokenHash)
    .where('session.expires_at', '>', at(now))
    .where('session.last_used_at', '>', at(idleSince))
    .where('account.disabled_at', 'is', null)
    .where((when) => when.or([when('account.ends_at', 'is', null), when('account.ends_at', '>', at(now))]))
    .executeTakeFirst()
}

export async function touchSession(tx: Tx, tokenHash: Buffer, now: Instant): Promise<void> {
  await tables(tx)
    .updateTable('identity.session')
    .set({ last_used_at: at(now) })
    .where('token_hash', '=', tokenHash)
    .execute()
}

export async function deleteSession(tx: Tx, tokenHash: Buffer): Promise<void> {
  await tables(tx).deleteFrom('identity.session').where('token_hash', '=', tokenHash).execute()
}

/** Ends every session of an account; the number that were live or not yet swept. */
export async function deleteSessionsOf(tx: Tx, account: string): Promise<number> {
  const result = await tables(tx)
    .deleteFrom('identity.session')
    .where('account', '=', account)
    .executeTakeFirst()
  return Number(result.numDeletedRows)
}

export async function deleteExpired(tx: Tx, now: Instant, idleSince: Instant): Promise<void> {
  await tables(tx)
    .deleteFrom('identity.session')
    .where((when) => when.or([when('expires_at', '<=', at(now)), when('last_used_at', '<=', at(idleSince))]))
    .execute()
}

export async function insertInvitation(
  tx: Tx,
  row: Omit<InvitationRow, 'used_at' | 'used_by' | 'withdrawn_at'>,
): Promise<void> {
  await tables(tx)
    .insertInto('identity.invitation')
    .values({
      ...row,
      ends_at: momentOr(row.ends_at),
      created_at: at(row.created_at),
      expires_at: at(row.expires_at),
      used_at: null,
      used_by: null,
      withdrawn_at: null,
    })
    .execute()
}

export function invitations(tx: Tx): Promise<InvitationRow[]> {
  return tables(tx)
    .selectFrom('identity.invitation')
    .selectAll()
    .orderBy('created_at', 'desc')
    .limit(200)
    .execute()
}

/** An invitation that can still be used, locked, so that two who follow one link cannot both. */
export function openInvitation(tx: Tx, tokenHash: Buffer, now: Instant): Promise<InvitationRow | undefined> {
  return tables(tx)
    .selectFrom('identity.invitation')
    .selectAll()
    .where('token_hash', '=', tokenHash)
    .where('expires_at', '>', at(now))
    .where('used_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
}

export async function useInvitation(tx: Tx, id: string, account: string, now: Instant): Promise<void> {
  await tables(tx)
    .updateTable('identity.invitation')
    .set({ used_at: at(now), used_by: account })
    .where('id', '=', id)
    .execute()
}

/** Withdraws one unused invitation, or with null every unused link of the first start. */
export async function withdrawInvitation(tx: Tx, id: string | null, now: Instant): Promise<void> {
  const unused = tables(tx)
    .updateTable('identity.invitation')
    .set({ withdrawn_at: at(now) })
    .where('used_at', 'is', null)
  await (id === null ? unused.where('made_by', 'is', null) : unused.where('id', '=', id)).execute()
}

/** Failed sign-ins of a user name since `since`. */
export async function failedSignIns(tx: Tx, userName: string, since: Instant): Promise<number> {
  const row = await tables(tx)
    .selectFrom('identity.failed_sign_in')
    .select('count')
    .where('user_name', '=', userName)
    .where('last_at', '>', at(since))
    .executeTakeFirst()
  return row?.count ?? 0
}

/** Counts one more; what is older than `since` starts at one again. */
export async function countFailedSignIn(
  tx: Tx,
  organisation: string,
  userName: string,
  now: Instant,
  since: Instant,
): Promise<void> {
  await tables(tx)
    .insertInto('identity.failed_sign_in')
    .values({ organisation, user_name: userName, count: 1, last_at: at(now) })
    .onConflict((conflict) =>
      conflict.columns(['organisation', 'user_name']).doUpdateSet({
        count: sql<number>`case when failed_sign_in.last_at > ${at(since)} then failed_sign_in.count + 1 else 1 end`,
        last_at: at(now),
      }),
    )
    .execute()
}

export async function clearFailedSignIns(tx: Tx, userName: string): Promise<void> {
  await tables(tx).deleteFrom('identity.failed_sign_in').where('user_name', '=', userName).execute()
}
