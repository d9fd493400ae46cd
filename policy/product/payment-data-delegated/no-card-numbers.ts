import { check, duration, integer } from '@hevd/core'
import { sensitiveFinds } from '@hevd/facts'
import { scannedData } from '../../populations.ts'
import { freeOf } from '../../scanned.ts'

/** No database and no log holds a card number. */
export const noCardNumbers = check('payment-data-delegated/no-card-numbers', {
  of: scannedData,
  parameters: { scanEvery: duration, sampleLeavesOpen: integer },
  reads: ({ id }) => ({ finds: sensitiveFinds.ofPlace(id) }),
  judge: (place, { finds }, demands, moment) => freeOf(['card'], place, finds, demands, moment),
})
