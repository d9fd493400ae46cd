import { type Instant, milliseconds } from '@hevd/core'
import { type Database, isUniqueViolation, type Tx, uuidv7 } from '@hevd/postgres'
import type { IdentityConfig } from './config.ts'
import type { Accepting, Auditing, Role } from './contract.ts'
import { hashPassphrase } from './domain/passphrase.ts'
import { newToken, tokenHash } from './domain/token.ts'
import { IdentityError } from './errors.ts'
import type { Record } from './record.ts'
import { sessionRow } from './sign-in.ts'
import {
  type AccountRow,
  auditingOf,
  type InvitationRow,
  insertAccount,
  insertInvitation,
  insertSession,
  openInvitation,
  useInvitation,
} from './store.ts'

export type Made = {
  readonly row: Omit<InvitationRow, 'used_at' | 'used_by' | 'withdrawn_at'>
  /** Only here; the database has its hash. */
  readonly token: string
}

export type Invited = {
  readonly role: Role
  /** Of an auditor. */
  readonly auditing: Auditing | null
  readonly madeBy: string | null
  readonly now: Instant
}

/** Makes a link by which one person becomes an account of a role. `madeBy` is null for the first start. */
export async function invite(
  tx: Tx,
  organisation: string,
  invited: Invited,
  config: IdentityConfig,
  record: Record,
): Promise<Made> {
  const { role, auditing, madeBy, now } = invited
  const token = newToken()
  const row = {
    organisation,
    id: uuidv7(now),
    token_hash: tokenHash(token),
    role,
    period: auditing?.period ?? null,
    ends_at: auditing?.endsAt ?? null,
    made_by: madeBy,
    created_at: now,
    expires_at: Math.min(now + milliseconds(config.invitationValid), auditing?.endsAt ?? Infinity),
  }
  await insertInvitation(tx, row)
  await record(tx, organisation, 'invitation-made', { invitation: row.id, role, ...auditing, by: madeBy })
  return { row, token }
}

/** Makes the account an invitation is for and opens its first session. The link works once. */
export async function accept(
  db: Database,
  config: IdentityConfig,
  record: Record,
  organisation: string,
  { token, name, userName, passphrase }: Accepting,
  now: Instant,
): Promise<{ readonly token: string; readonly account: AccountRow }> {
  const passphraseHash = await hashPassphrase(passphrase)
  const session = newToken()
  try {
    return await db.transaction(organisation, async (tx) => {
      const invitation = await openInvitation(tx, tokenHash(token), now)
      if (invitation === undefined) throw new IdentityError('invitation-not-valid')
      const account = {
        organisation,
        id: uuidv7(now),
        name,
        user_name: userName,
        role: invitation.role,
        period: invitation.period,
        ends_at: invitation.ends_at,
        passphrase_hash: passphraseHash,
        created_at: now,
      }
      await insertAccount(tx, account)
      await useInvitation(tx, invitation.id, account.id, now)
      await insertSession(tx, sessionRow(account, session, now, config))
      await record(tx, organisation, 'account-made', {
        account: account.id,
        role: account.role,
        ...auditingOf(account),
        invitation: invitation.id,
      })
      return { token: session, account: { ...account, disabled_at: null } }
    })
  } catch (error) {
    if (isUniqueViolation(error)) throw new IdentityError('user-name-taken')
    throw error
  }
}
