import { check } from '@hevd/core'
import { people } from '@hevd/facts'
import { worksHere } from '../../ownership.ts'
import { services } from '../../populations.ts'

/** A named service answers for its accounts through a person who works here now. */
export const serviceOwned = check('unique-accounts/service-owned', {
  of: services,
  reads: (service) => ({ persons: people.byKey(service.owner) }),
  judge: (service, { persons }, _parameters, moment) => worksHere(service.owner, persons, moment),
})
