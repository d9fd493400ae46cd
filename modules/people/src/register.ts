import type { Clock, Json } from '@hevd/core'
import { accountOwners, namedServices, people as personFacts, type Said } from '@hevd/facts'
import type { Feeds } from '@hevd/feeds'
import type { Entry, Ledger } from '@hevd/ledger'
import type { Database, Tx } from '@hevd/postgres'
import type { PeopleConfig } from './config.ts'
import type { Person } from './contract.ts'

export type RegisterDeps = {
  readonly db: Database
  readonly clock: Clock
  readonly feeds: Pick<Feeds, 'openRegister' | 'put' | 'remove'>
  readonly ledger: Pick<Ledger, 'append' | 'erasedPersons'>
  /** Names of the accounts that sign in to Hevd, by their ids. */
  readonly names: (organisation: string, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>
  readonly config: PeopleConfig
}

/** Whose register is changed, and by whom. */
export type Act = { readonly organisation: string; readonly by: string }

export const register = {
  name: 'people',
  title: { nb: 'Registeret over personer', en: 'The register of people' },
  types: [personFacts.name, namedServices.name, accountOwners.name],
}

/**
 * Runs a change of the register, one at a time in an organisation: what it reads of the register is so until it has
 * committed. Facts, entries of the internal log and rows are written together or not at all.
 */
export function changing<T>(
  { db, feeds }: RegisterDeps,
  organisation: string,
  run: (tx: Tx) => Promise<T>,
): Promise<T> {
  return db.transaction(organisation, async (tx) => {
    await feeds.openRegister(tx, organisation, register)
    return run(tx)
  })
}

/** Entries of one statement; an import writes one entry a person. */
const batch = 1000

export async function logged(
  { ledger }: RegisterDeps,
  tx: Tx,
  organisation: string,
  entries: readonly Entry[],
): Promise<void> {
  for (let from = 0; from < entries.length; from += batch)
    await ledger.append(tx, organisation, 'internal', entries.slice(from, from + batch))
}

/** A payload that JSON carries, sealed under the key of one person. */
export function sealed(person: string, payload: { readonly [name: string]: Json }): Pick<Entry, 'personal'> {
  return { personal: [{ field: 'details', person, payload }] }
}

export function personFact({ id, name, kind, sponsor, startsOn, endsOn, voluntary }: Person): Said {
  return { type: personFacts.name, value: { id, name, kind, sponsor, startsOn, endsOn, voluntary } }
}
