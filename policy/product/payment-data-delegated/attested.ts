import { duration, fails, obligation, told, within } from '@hevd/core'
import { pciAttestations, type subprocessors, type ValueOf } from '@hevd/facts'
import { paymentProviders } from '../../residency.ts'

/** What a provider has shown, by the date it bears; it counts until the day it says, or for the time the policy gives. */
const attestations = told(
  ({ id }: ValueOf<typeof subprocessors>) => pciAttestations.ofSubprocessor(id),
  ({ signedOn, validUntil }) => ({ at: signedOn, validUntil }),
)

/** Every payment provider has shown that it complies with PCI DSS, from when we began to use it and without a gap. */
export const attested = obligation('payment-data-delegated/attested', {
  of: paymentProviders,
  parameters: { attestEvery: duration },
  due: ({ since }) => within('P0D', since),
  dischargedBy: attestations,
  validity: ({ attestEvery }) => attestEvery,
  overdue: ({ on, expired }) =>
    expired ? fails('attestation-expired', { on }) : fails('attestation-missing', { on }),
})
