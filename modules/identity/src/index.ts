import { join } from 'node:path'
import type { Clock } from '@hevd/core'
import type { Module, Principal } from '@hevd/http'
import type { Database, Tx } from '@hevd/postgres'
import type { AccountChanged } from './changes.ts'
import { type IdentityConfig, identityDefaults } from './config.ts'
import { type Contact, changeContact, type Reachable, reachable } from './contact.ts'
import { invite } from './invitations.ts'
import type { Record } from './record.ts'
import { identityRoutes, invitationLink, sessionCookie } from './routes.ts'
import { accountOf } from './sign-in.ts'
import { type AccountRow, accounts, namesOf, type Standing, standings, withdrawInvitation } from './store.ts'

export type { IdentityConfig } from './config.ts'
export type { Contact, Reachable } from './contact.ts'
export { IdentityError } from './errors.ts'
export type { Standing } from './store.ts'
export { sessionCookie }

export type IdentityDeps = {
  readonly db: Database
  readonly clock: Clock
  readonly record: Record
  readonly origin: string
  /** Whether there is such a period, which an auditor can be invited to. Without it nobody is. */
  readonly isPeriod?: (organisation: string, period: string) => Promise<boolean>
  /** Told, in the transaction that does it, that an account's role changed or that it was disabled or enabled again. */
  readonly changed?: AccountChanged
  readonly config?: Partial<IdentityConfig>
}

export type Identity = Module & {
  /** Who a session's token stands for; null when nobody. */
  authenticate(organisation: string, token: string): Promise<Principal | null>
  /** Whether anybody can sign in yet. */
  hasAccounts(organisation: string): Promise<boolean>
  /** Ids of the accounts that are administrators and not disabled. */
  administrators(organisation: string): Promise<readonly string[]>
  /** Names of these accounts by their ids, disabled ones too: who did something is part of what was done. */
  names(organisation: string, ids: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** These accounts, or every one, disabled ones too; what is no account's id is left out. */
  standing(tx: Tx, ids?: readonly string[]): Promise<readonly Standing[]>
  /** Every account that can sign in, with its address and language. */
  reachable(tx: Tx): Promise<readonly Reachable[]>
  changeContact(tx: Tx, account: string, contact: Contact): Promise<void>
  /** A new one-time administrator link from the server itself; earlier ones of its kind stop working. */
  firstLink(organisation: string): Promise<string>
}

/** Folder of the module's numbered SQL files. */
export const identityMigrations = join(import.meta.dirname, '..', 'migrations')

/** Signing in, sessions, roles and invitations. */
export function createIdentity(deps: IdentityDeps): Identity {
  const { db, clock, record, origin, isPeriod = async () => false, changed = async () => {} } = deps
  const config = Object.freeze({ ...identityDefaults, ...deps.config })
  return {
    name: 'identity',
    migrations: identityMigrations,
    register: (app) => identityRoutes(app, { db, clock, record, origin, isPeriod, changed, config }),
    start: async () => {},
    stop: async () => {},
    authenticate: async (organisation, token) => {
      const account = await accountOf(db, config, organisation, token, clock.now())
      return account && principalOf(account)
    },
    hasAccounts: async (organisation) => (await db.transaction(organisation, accounts)).length > 0,
    administrators: async (organisation) =>
      (await db.transaction(organisation, accounts))
        .filter(({ role, disabled_at }) => role === 'administrator' && disabled_at === null)
        .map(({ id }) => id),
    names: async (organisation, ids) => {
      if (ids.length === 0) return new Map()
      return db.transaction(organisation, (tx) => namesOf(tx, ids))
    },
    standing: standings,
    reachable,
    changeContact,
    firstLink: (organisation) =>
      db.transaction(organisation, async (tx) => {
        const now = clock.now()
        await withdrawInvitation(tx, null, now)
        const { token } = await invite(
          tx,
          organisation,
          { role: 'administrator', auditing: null, madeBy: null, now },
          config,
          record,
        )
        return invitationLink(origin, token)
      }),
  }
}

function principalOf({ id, role, period }: AccountRow): Principal | null {
  if (role !== 'auditor') return { kind: 'account', id, role }
  return period === null ? null : { kind: 'account', id, role, period }
}
