import { type Erased, erasedWord, namePattern } from '@hevd/feeds'
import type { Tx } from '@hevd/postgres'
import type { KeysContext } from './context.ts'
import { grantFact, openKeys, register, storeFact, storesRegister } from './facts.ts'
import { namesIn } from './holders.ts'
import { eraseNames } from './store/erase.ts'
import { grantById } from './store/grants.ts'
import { storeById } from './store/stores.ts'

/** A person is named here in words alone: in purposes of grants, and in what is told of key stores. They are taken out. */
export async function eraseInKeys(
  context: KeysContext,
  tx: Tx,
  organisation: string,
  erased: Erased,
): Promise<void> {
  const pattern = namePattern(erased)
  if (pattern === null) return
  await openKeys(context, tx, organisation)
  await context.feeds.openRegister(tx, organisation, storesRegister)
  const changed = await eraseNames(tx, organisation, pattern, erasedWord)
  for (const id of changed.grants) {
    const grant = await grantById(tx, organisation, id)
    if (grant?.decision !== 'approved') continue
    const names = await namesIn(context, tx, organisation, [grant.holder])
    const { name } = names.holder(grant.holderKind, grant.holder)
    await context.feeds.put(tx, organisation, register.name, [grantFact(grant, name)])
  }
  for (const id of changed.stores) {
    const store = await storeById(tx, organisation, id)
    if (store !== undefined)
      await context.feeds.put(tx, organisation, storesRegister.name, [storeFact(store)])
  }
}
