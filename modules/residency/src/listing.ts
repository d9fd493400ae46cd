import { hosts } from '@hevd/facts'
import type { Tx } from '@hevd/postgres'
import type { ResidencyContext } from './context.ts'
import type { ListedCustomer, ListedStore } from './contract.ts'
import { withinChoice } from './decide/decide.ts'
import { judgedBy, wordsOf } from './judging.ts'
import { type Asked, type PageOf, pageOfCustomers } from './store/customers.ts'
import { pageOfStores } from './store/data-stores.ts'
import { placementsOf } from './store/placements.ts'

const mostShown = 5
const control = 'data-location'

/** A page of stores, each with whether it is seen to be where it is declared to be. */
export async function listStores(
  context: ResidencyContext,
  tx: Tx,
  organisation: string,
  asked: Asked,
): Promise<PageOf<ListedStore>> {
  const { items, ...rest } = await pageOfStores(tx, organisation, asked)
  const judged = await judgedBy(context, tx, organisation, `${control}/store-seen`, items)
  const whys = judged.map((said) => said?.why ?? null)
  const words = await wordsOf(context, tx, organisation, control, whys)
  const named = await hostNames(context, tx, organisation, items)
  return {
    ...rest,
    items: items.map((store, index) => {
      const why = whys[index] ?? null
      return {
        ...store,
        hostName: named.get(store.host ?? '') ?? null,
        verdict: judged[index]?.verdict ?? 'unknown',
        why: why === null ? null : words(why),
      }
    }),
  }
}

async function hostNames(
  { feeds }: ResidencyContext,
  tx: Tx,
  organisation: string,
  stores: readonly { readonly host: string | null }[],
): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(stores.flatMap(({ host }) => (host === null ? [] : [host])))]
  const readings = await feeds.read(tx, organisation, wanted.map(hosts.byKey))
  return new Map(
    readings
      .flatMap(({ facts }) => facts.map(({ value }) => hosts.parse(value)))
      .map(({ id, name }) => [id, name]),
  )
}

/** A page of customers, each with where their data is and whether that is within what they chose. */
export async function listCustomers(
  context: ResidencyContext,
  tx: Tx,
  organisation: string,
  asked: Asked,
): Promise<PageOf<ListedCustomer>> {
  const { items, ...rest } = await pageOfCustomers(tx, organisation, asked)
  const placed = await placementsOf(
    tx,
    organisation,
    items.map(({ id }) => id),
    mostShown,
  )
  const pairs = items.flatMap(({ id: customer }) =>
    (placed.get(customer)?.stores ?? []).map((store) => ({ customer, store, placedAt: 0 })),
  )
  const judged = await judgedBy(context, tx, organisation, withinChoice, pairs)
  const whys = judged.map((said) => said?.why ?? null)
  const words = await wordsOf(context, tx, organisation, control, whys)
  const shown = pairs.map(({ customer, store }, index) => {
    const why = whys[index] ?? null
    return {
      customer,
      store,
      verdict: judged[index]?.verdict ?? ('unknown' as const),
      why: why && words(why),
    }
  })
  const byCustomer = Map.groupBy(shown, ({ customer }) => customer)
  return {
    ...rest,
    items: items.map(({ ref: _, ...customer }) => ({
      ...customer,
      stores: (byCustomer.get(customer.id) ?? []).map(({ customer: __, ...store }) => store),
      storeCount: placed.get(customer.id)?.count ?? 0,
    })),
  }
}
