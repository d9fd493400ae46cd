import { check, holds, unknown } from '@hevd/core'
import { keyStoresElsewhere } from '../../populations.ts'

/** What somebody told of a key store is believed for so long. */
export const toldFor = 'P1Y'

/** Of each key store elsewhere somebody has told who can reach its keys, within a year. */
export const storeReachTold = check('encryption-keys-restricted/store-reach-told', {
  of: keyStoresElsewhere,
  reads: () => ({}),
  judge: ({ reachedBy, toldAt }, _readings, _parameters, moment) => {
    if (reachedBy === null) return unknown('store-reach-not-told')
    if (moment.elapsed(toldAt, toldFor)) return unknown('store-told-long-ago', { at: toldAt })
    return holds('store-reach-told', { at: toldAt })
  },
})
