import { check, duration, integer, strings } from '@hevd/core'
import { sensitiveFinds } from '@hevd/facts'
import { scannedData } from '../../populations.ts'
import { freeOf } from '../../scanned.ts'
import { ownAccounts } from './own-accounts.ts'

/** No database and no log holds bank details of others: account numbers and IBANs, apart from where they are our own. */
export const noBankDetails = check('payment-data-delegated/no-bank-details', {
  of: scannedData,
  parameters: { scanEvery: duration, sampleLeavesOpen: integer, ownAccountsIn: strings },
  reads: ({ id }) => ({ finds: sensitiveFinds.ofPlace(id) }),
  judge: (place, { finds }, { ownAccountsIn, ...demands }, moment) => {
    const own = ownAccounts(ownAccountsIn)
    return freeOf(['bank-account', 'iban'], place, finds, demands, moment, ({ object }) => own.has(object))
  },
})
