import { type Erased, erasedWord, namePattern } from '@hevd/feeds'
import type { Tx } from '@hevd/postgres'
import { dataSetFact, type RegisterDeps, register } from './register.ts'
import { eraseInDataSets } from './store.ts'

/** A set that has ended keeps no owner; names in what sets are called and where they lie are taken out. */
export async function eraseInRegister(
  { feeds }: Pick<RegisterDeps, 'feeds'>,
  tx: Tx,
  organisation: string,
  erased: Erased,
): Promise<void> {
  await feeds.openRegister(tx, organisation, register)
  const sets = await eraseInDataSets(tx, organisation, erased.person, namePattern(erased), erasedWord)
  await feeds.put(tx, organisation, register.name, sets.map(dataSetFact))
}
