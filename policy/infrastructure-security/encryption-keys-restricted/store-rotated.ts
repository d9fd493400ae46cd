import { check, duration, endOfDate, fails, holds, unknown } from '@hevd/core'
import { keyStoresElsewhere } from '../../populations.ts'

/** The keys of each store elsewhere were rotated within the time the policy gives. */
export const storeRotated = check('encryption-keys-restricted/store-rotated', {
  of: keyStoresElsewhere,
  parameters: { rotateEvery: duration },
  reads: () => ({}),
  judge: ({ rotatedOn }, _readings, { rotateEvery }, moment) => {
    if (rotatedOn === null) return unknown('store-rotation-not-told')
    return moment.elapsed(endOfDate(rotatedOn, moment.zone), rotateEvery)
      ? fails('store-too-old', { on: rotatedOn })
      : holds('store-rotated', { on: rotatedOn })
  },
})
