import { type Erased, erasedWord, namePattern } from '@hevd/feeds'
import type { Tx } from '@hevd/postgres'
import { type BackupsContext, register, today } from './context.ts'
import { holderFacts } from './facts.ts'
import { eraseInHolders, eraseInReasons } from './store/erase.ts'
import { holderById, recipientsOfPerson } from './store/holders.ts'

/** Recipients whose identity the person still has, and must give up before they can be erased. */
export async function readsStill(
  context: BackupsContext,
  tx: Tx,
  organisation: string,
  person: string,
): Promise<readonly string[]> {
  return recipientsOfPerson(tx, organisation, person, await today(context, tx, organisation))
}

/** That somebody could read backups stays, since it was so; who that was, and names in what was written, are taken out. */
export async function eraseInBackups(
  { feeds }: Pick<BackupsContext, 'feeds'>,
  tx: Tx,
  organisation: string,
  erased: Erased,
): Promise<void> {
  await feeds.openRegister(tx, organisation, register)
  const pattern = namePattern(erased)
  const changed = await eraseInHolders(tx, organisation, { person: erased.person, pattern, word: erasedWord })
  for (const id of changed) {
    const row = await holderById(tx, organisation, id)
    if (row !== undefined) await feeds.put(tx, organisation, register.name, holderFacts(row))
  }
  if (pattern !== null) await eraseInReasons(tx, organisation, pattern, erasedWord)
}
