import { keyStores as storeType } from '@hevd/facts'
import type { Tx } from '@hevd/postgres'
import { type Act, type KeysContext, record } from './context.ts'
import type { KeyStores, PuttingStore } from './contract.ts'
import { KeysError } from './errors.ts'
import { storeFact, storeListFact, storesRegister } from './facts.ts'
import { namesIn } from './holders.ts'
import {
  allStores,
  confirmStores,
  deleteStore,
  putStore as insertOrUpdate,
  storeById,
  storesConfirmed,
} from './store/stores.ts'

/** Enters a key store elsewhere, or what is told of it now. */
export function putStore(
  context: KeysContext,
  { organisation, by }: Act,
  id: string,
  said: PuttingStore,
): Promise<KeyStores> {
  return changing(context, organisation, async (tx) => {
    const known = await storeById(tx, organisation, id)
    const row = { ...said, id, changedAt: context.clock.now(), changedBy: by }
    await insertOrUpdate(tx, organisation, row)
    await context.feeds.put(tx, organisation, storesRegister.name, [storeFact(row)])
    const kind = known === undefined ? 'key-store-entered' : 'key-store-changed'
    await record(context, tx, organisation, kind, { store: id, kindOfStore: said.kind, by })
  })
}

/** Takes a key store out of the register. Throws `no-such-store`. */
export function removeStore(context: KeysContext, { organisation, by }: Act, id: string): Promise<KeyStores> {
  return changing(context, organisation, async (tx) => {
    if ((await storeById(tx, organisation, id)) === undefined) throw new KeysError('no-such-store')
    await deleteStore(tx, organisation, id)
    await context.feeds.remove(tx, organisation, storesRegister.name, [{ type: storeType.name, key: id }])
    await record(context, tx, organisation, 'key-store-removed', { store: id, by })
  })
}

/** Says that the register has every key store there is, none at all too. */
export function confirmAllStores(context: KeysContext, { organisation, by }: Act): Promise<KeyStores> {
  return changing(context, organisation, async (tx) => {
    const now = context.clock.now()
    await confirmStores(tx, organisation, by, now)
    const stores = (await allStores(tx, organisation)).length
    await context.feeds.put(tx, organisation, storesRegister.name, [storeListFact({ at: now, by }, stores)])
    await record(context, tx, organisation, 'key-stores-confirmed', { stores, by })
  })
}

export function listStores(context: KeysContext, organisation: string): Promise<KeyStores> {
  return context.db.transaction(organisation, (tx) => viewed(context, tx, organisation))
}

async function viewed(context: KeysContext, tx: Tx, organisation: string): Promise<KeyStores> {
  const { person } = await namesIn(context, tx, organisation, [])
  const confirmed = await storesConfirmed(tx, organisation)
  return {
    stores: (await allStores(tx, organisation)).map(({ reachedBy, changedBy, ...store }) => ({
      ...store,
      reachedBy: reachedBy === null ? null : [...reachedBy],
      changedBy: person(changedBy),
    })),
    confirmed: confirmed === undefined ? null : { at: confirmed.at, by: person(confirmed.by) },
  }
}

/** Changes the register, one change of an organisation's at a time; the register as it is then. */
function changing(
  context: KeysContext,
  organisation: string,
  change: (tx: Tx) => Promise<void>,
): Promise<KeyStores> {
  return context.db.transaction(organisation, async (tx) => {
    await context.feeds.openRegister(tx, organisation, storesRegister)
    await change(tx)
    return viewed(context, tx, organisation)
  })
}
