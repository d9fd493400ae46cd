import { customers as customerFacts } from '@hevd/facts'
import { type Customer, customer } from './contract.ts'
import { customerColumns, customerOfRow } from './domain/columns.ts'
import { customerFaults } from './domain/rules.ts'
import type { FilePart } from './kept.ts'
import { customerFact } from './said.ts'
import { customersOf, endCustomer, putCustomers, type StoredCustomer } from './store/customers.ts'

const fields = customer.keyof().options

/** Customers and their choices. What a customer is called stays out of the log, where `ref` stands for it. */
export const customerPart: FilePart<Customer, null> = {
  type: customerFacts.name,
  fields,
  missing: 'no-such-customer',
  kinds: { entered: 'customer-entered', changed: 'customer-changed', ended: 'customer-ended' },
  imported: 'customers-imported',
  columns: customerColumns,
  itemOf: customerOfRow,
  around: async () => null,
  faultsOf: customerFaults,
  async read(tx, organisation, ids) {
    const stored = await customersOf(tx, organisation, ids)
    return new Map([...stored].map(([id, one]) => [id, plainly(one)]))
  },
  put: putCustomers,
  end: endCustomer,
  facts: async (tx, organisation, ids) =>
    [...(await customersOf(tx, organisation, ids)).values()].map(customerFact),
  async logs(tx, organisation, items) {
    const stored = await customersOf(
      tx,
      organisation,
      items.map(({ id }) => id),
    )
    return items.map(({ id, choice, named, since }) => ({
      customer: stored.get(id)?.ref ?? null,
      said: { choice, named, since },
    }))
  },
}

const plainly = ({ ref: _, ...given }: StoredCustomer): Customer => given
