import { type Erased, erasedWord, namePattern } from '@hevd/feeds'
import type { Tx } from '@hevd/postgres'
import { foundPlaceFact } from './found-facts.ts'
import { eraseInFoundPlaces } from './found-store.ts'
import { dataSetFact, type RegisterDeps, register } from './register.ts'
import { eraseInDataSets } from './store.ts'

/**
 * A set that has ended keeps no owner; names in what sets are called, where they lie and
 * why a find is none are taken out.
 */
export async function eraseInRegister(
  { feeds }: Pick<RegisterDeps, 'feeds'>,
  tx: Tx,
  organisation: string,
  erased: Erased,
): Promise<void> {
  await feeds.openRegister(tx, organisation, register)
  const sets = await eraseInDataSets(tx, organisation, erased.person, namePattern(erased), erasedWord)
  const places = await eraseInFoundPlaces(tx, organisation, namePattern(erased), erasedWord)
  await feeds.put(tx, organisation, register.name, [...sets.map(dataSetFact), ...places.map(foundPlaceFact)])
}
