import type { Clock, Json, Locale } from '@hevd/core'
import type { Ask, Asks, Principal } from '@hevd/http'
import type { Database, Tx } from '@hevd/postgres'
import type { NoticesConfig } from './config.ts'

/** Writes a change to the internal log in the transaction that makes it; ids only, no names. */
export type Record = (
  tx: Tx,
  organisation: string,
  kind: string,
  body: { readonly [name: string]: Json },
) => Promise<void>

export type AccountPrincipal = Extract<Principal, { readonly kind: 'account' }>

/** An account that can sign in, and where and in which language it is reached; null where it has not said. */
export type Reachable = {
  readonly account: AccountPrincipal
  readonly email: string | null
  readonly locale: Locale | null
}

/** The register of accounts, as this module needs it. */
export type Accounts = {
  reachable(tx: Tx): Promise<readonly Reachable[]>
  changeContact(tx: Tx, account: string, contact: Omit<Reachable, 'account'>): Promise<void>
}

export type Logger = {
  info(data: object, text: string): void
  warn(data: object, text: string): void
  error(data: object, text: string): void
}

/** What every part of the module works with. */
export type Ground = {
  readonly db: Database
  readonly clock: Clock
  readonly logger: Logger
  readonly record: Record
  readonly accounts: Accounts
  /** What each module asks of people. */
  readonly asks: readonly Asks<Tx>[]
  /** Where people reach the server: links begin with it. */
  readonly origin: string
  readonly random: (bytes: number) => Buffer
  readonly config: NoticesConfig
}

/** Everything that is asked of anybody in an organisation now. */
export async function asksNow({ asks }: Ground, tx: Tx, organisation: string): Promise<readonly Ask[]> {
  const all: Ask[] = []
  for (const each of asks) all.push(...(await each(tx, organisation)))
  return all
}
