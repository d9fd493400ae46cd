import type { Clock } from '@hevd/core'
import { dataSetPlaces, dataSets, people, type Said } from '@hevd/facts'
import type { Feeds } from '@hevd/feeds'
import type { Entry, Ledger } from '@hevd/ledger'
import type { Database, Tx } from '@hevd/postgres'
import type { DataConfig } from './config.ts'
import type { StoredDataSet } from './store.ts'

export type RegisterDeps = {
  readonly db: Database
  readonly clock: Clock
  readonly feeds: Pick<Feeds, 'openRegister' | 'put' | 'remove' | 'read'>
  readonly ledger: Pick<Ledger, 'append'>
  readonly config: DataConfig
}

/** Whose register is changed, and by whom. */
export type Act = { readonly organisation: string; readonly by: string }

export const register = {
  name: 'data',
  title: { nb: 'Dataregisteret', en: 'The data register' },
  types: [dataSets.name, dataSetPlaces.name],
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

/** Entries of one statement; an import writes one entry a set. */
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

export function dataSetFact({ reviews, ...set }: StoredDataSet): Said {
  return { type: dataSets.name, value: { ...set, reviews: [...reviews] } }
}

/** The names of those of these people who are in the register of people, by their ids. */
export async function peopleNamed(
  { feeds }: RegisterDeps,
  tx: Tx,
  organisation: string,
  ids: readonly (string | null)[],
): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(ids)].flatMap((id) => (id === null ? [] : [people.byKey(id)]))
  if (wanted.length === 0) return new Map()
  const readings = await feeds.read(tx, organisation, wanted)
  return new Map(
    readings
      .flatMap(({ facts }) => facts.map(({ value }) => people.parse(value)))
      .map(({ id, name }) => [id, name]),
  )
}
