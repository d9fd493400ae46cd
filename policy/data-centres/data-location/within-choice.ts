import { check, duration, fails, holds, strings, unseen } from '@hevd/core'
import { allowedBy, customers, dataStores, isWithin } from '@hevd/facts'
import { placements } from '../../residency.ts'
import { placeLookups, whereabouts } from './whereabouts.ts'

/**
 * No customer's data is in a store outside what the customer chose. Everything that is said of where the store is must be
 * within it, and somebody must have seen where it is. Applications that ask before they place data are answered by this too.
 */
export const withinChoice = check('data-location/within-choice', {
  of: placements,
  parameters: { withoutChoiceIn: strings, seenEvery: duration },
  reads: ({ customer, store }) => ({ customers: customers.byKey(customer), stores: dataStores.byKey(store) }),
  follow: (_placement, { stores }) => placeLookups(stores.facts[0]?.value),
  judge: (placement, { customers: asked, stores, ...where }, { withoutChoiceIn, seenEvery }, moment) => {
    const customer = asked.facts[0]?.value
    const store = stores.facts[0]?.value
    const [missing] = [...asked.unseen, ...stores.unseen]
    if (customer === undefined)
      return missing === undefined
        ? fails('customer-not-known', { customer: placement.customer })
        : unseen(missing)
    if (store === undefined)
      return missing === undefined ? fails('store-not-known', { store: placement.store }) : unseen(missing)
    if (store.dedicatedTo !== null && store.dedicatedTo !== customer.id)
      return fails('store-of-another', { store: store.id })
    const allowed = allowedBy(customer.choice, customer.named, withoutChoiceIn)
    const { told, missing: notSeen } = whereabouts(store, where, seenEvery, moment)
    const outside = [...new Set(told)].filter((place) => !isWithin(place, allowed))
    if (outside.length > 0) return fails('outside-choice', { store: store.id, outside, allowed })
    if (notSeen !== null) return notSeen
    return missing === undefined ? holds('within-choice', { place: store.place, allowed }) : unseen(missing)
  },
})
