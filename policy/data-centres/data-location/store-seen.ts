import { check, duration, fails, holds } from '@hevd/core'
import { dataStoreRegister } from '../../residency.ts'
import { contradicting, placeLookups, whereabouts } from './whereabouts.ts'

/** Of every store it is seen where it is, and it is where it is declared to be. */
export const storeSeen = check('data-location/store-seen', {
  of: dataStoreRegister,
  parameters: { seenEvery: duration },
  reads: (store) => placeLookups(store),
  judge: (store, readings, { seenEvery }, moment) => {
    const where = whereabouts(store, readings, seenEvery, moment)
    const [other] = contradicting(store, where)
    if (other !== undefined)
      return fails('place-differs', { declared: store.place, seen: other.place, by: other.by })
    const [first] = where.seen
    return (
      where.missing ??
      holds('place-seen', { place: first?.place ?? store.place, by: first?.by ?? 'provider' })
    )
  },
})
