import { check, fails, holds, strings } from '@hevd/core'
import { isWithin } from '@hevd/facts'
import { privateClouds } from '../../residency.ts'

/** Private clouds are declared to be where the policy lets them be; `store-seen` sees whether they are. */
export const privateCloudsIn = check('data-location/private-clouds', {
  of: privateClouds,
  parameters: { privateCloudsIn: strings },
  reads: () => ({}),
  judge: ({ place }, _readings, { privateCloudsIn: allowed }) =>
    isWithin(place, allowed) ? holds() : fails('private-cloud-outside', { place, allowed }),
})
