import { control } from '@hevd/core'
import { logsScanned } from './logs-scanned.ts'
import { noBankDetails } from './no-bank-details.ts'
import { noCardNumbers } from './no-card-numbers.ts'
import { reasons } from './reasons.ts'

export const paymentDataDelegated = control('payment-data-delegated', {
  tests: [noCardNumbers, noBankDetails, logsScanned],
  reasons,
  lacks: {
    nb: 'Ikke bevist i sin helhet: betalingsleverandørens PCI-attest kan ennå ikke registreres.',
    en: 'Not proven in full: the payment provider’s PCI attestation cannot be recorded yet.',
  },
})
