import { control } from '@hevd/core'
import { attested } from './attested.ts'
import { logsScanned } from './logs-scanned.ts'
import { noBankDetails } from './no-bank-details.ts'
import { noCardNumbers } from './no-card-numbers.ts'
import { reasons } from './reasons.ts'

export const paymentDataDelegated = control('payment-data-delegated', {
  tests: [noCardNumbers, noBankDetails, logsScanned, attested],
  reasons,
})
