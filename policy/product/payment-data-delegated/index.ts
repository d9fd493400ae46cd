import { control } from '@hevd/core'

export const paymentDataDelegated = control('payment-data-delegated')
