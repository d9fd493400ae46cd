import { dataStores, hosts } from '@hevd/facts'
import { type DataStore, dataStore } from './contract.ts'
import { storeColumns, storeOfRow } from './domain/columns.ts'
import { type Around, storeFaults } from './domain/rules.ts'
import type { FilePart } from './kept.ts'
import { storeFact } from './said.ts'
import { customersOf } from './store/customers.ts'
import { endStore, putStores, storesOf } from './store/data-stores.ts'

const fields = dataStore.keyof().options
const known = <Value>(values: readonly (Value | null)[]) => [...new Set(values.filter((one) => one !== null))]

/** Data stores. What people call one, and whose it is, stay out of the log. */
export const storePart: FilePart<DataStore, Around> = {
  type: dataStores.name,
  fields,
  missing: 'no-such-store',
  kinds: { entered: 'data-store-entered', changed: 'data-store-changed', ended: 'data-store-ended' },
  imported: 'data-stores-imported',
  columns: storeColumns,
  itemOf: storeOfRow,
  async around({ feeds }, tx, organisation, items) {
    const wanted = known(items.map(({ host }) => host))
    const readings = await feeds.read(tx, organisation, wanted.map(hosts.byKey))
    const there = new Set(wanted.filter((_, index) => (readings[index]?.facts.length ?? 0) > 0))
    const customers = await customersOf(tx, organisation, known(items.map(({ dedicatedTo }) => dedicatedTo)))
    return { isHost: (id) => there.has(id), isCustomer: (id) => customers.has(id) }
  },
  faultsOf: storeFaults,
  read: storesOf,
  put: putStores,
  end: endStore,
  facts: async (tx, organisation, ids) =>
    [...(await storesOf(tx, organisation, ids)).values()].map(storeFact),
  logs: async (_tx, _organisation, items) =>
    items.map(({ id, name: _, dedicatedTo, ...said }) => ({
      store: id,
      said: { ...said, dedicated: dedicatedTo !== null },
    })),
}
