import type { Instant } from '@hevd/core'
import type { Database, Tx } from '@hevd/postgres'
import type { Role } from './contract.ts'
import { IdentityError } from './errors.ts'
import type { Record } from './record.ts'
import { accounts, deleteSessionsOf, lockAdministrators, updateAccount } from './store.ts'

/** Told in the transaction that changes an account; what it writes is written with that or not at all. */
export type AccountChanged = (tx: Tx, organisation: string, account: string) => Promise<void>

type ChangeDeps = { readonly db: Database; readonly record: Record; readonly changed: AccountChanged }

export type Change = { readonly role?: Role | undefined; readonly disabled?: boolean | undefined }

/**
 * Changes an account's role or closes and opens it. Closing or changing ends its sessions in the same transaction.
 * Throws `no-such-account`, `last-administrator`, or `auditor-stays` where somebody from outside would get another role.
 */
export async function changeAccount(
  { db, record, changed }: ChangeDeps,
  organisation: string,
  id: string,
  change: Change,
  by: string,
  now: Instant,
): Promise<void> {
  await db.transaction(organisation, async (tx) => {
    const administrators = await lockAdministrators(tx)
    const account = (await accounts(tx)).find((row) => row.id === id)
    if (account === undefined) throw new IdentityError('no-such-account')
    if (change.role !== undefined && account.role === 'auditor') throw new IdentityError('auditor-stays')
    const role = change.role ?? account.role
    const disabled = change.disabled ?? account.disabled_at !== null
    const remains =
      administrators.filter((other) => other !== id).length > 0 || (role === 'administrator' && !disabled)
    if (!remains) throw new IdentityError('last-administrator')
    await updateAccount(tx, id, { role, disabledAt: disabled ? (account.disabled_at ?? now) : null })
    const sessionsEnded = await deleteSessionsOf(tx, id)
    await record(tx, organisation, 'account-changed', { account: id, role, disabled, by, sessionsEnded })
    await changed(tx, organisation, id)
  })
}
