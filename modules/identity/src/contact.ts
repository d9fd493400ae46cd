import type { Instant, Locale } from '@hevd/core'
import type { Principal } from '@hevd/http'
import type { Tx } from '@hevd/postgres'
import type { Role } from './contract.ts'

/** Where and in which language somebody is told something; null while they have not said. */
export type Contact = { readonly email: string | null; readonly locale: Locale | null }

/** An account that can sign in, as it would call, and how it is reached. */
export type Reachable = Contact & { readonly account: Extract<Principal, { readonly kind: 'account' }> }

type ContactTables = {
  'identity.account': {
    id: string
    role: Role
    disabled_at: Instant | null
    email: string | null
    locale: Locale | null
  }
}

/** Every account that is not disabled, those without an address too. Auditors from outside are asked nothing. */
export async function reachable(tx: Tx): Promise<readonly Reachable[]> {
  const rows = await tx
    .withTables<ContactTables>()
    .selectFrom('identity.account')
    .select(['id', 'role', 'email', 'locale'])
    .where('disabled_at', 'is', null)
    .orderBy('id')
    .execute()
  return rows.flatMap(({ id, role, email, locale }) =>
    role === 'auditor' ? [] : [{ account: { kind: 'account', id, role }, email, locale }],
  )
}

/** Says how an account is reached. */
export async function changeContact(tx: Tx, account: string, { email, locale }: Contact): Promise<void> {
  await tx
    .withTables<ContactTables>()
    .updateTable('identity.account')
    .set({ email, locale })
    .where('id', '=', account)
    .execute()
}
