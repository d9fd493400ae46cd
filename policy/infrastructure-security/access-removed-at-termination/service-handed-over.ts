import { check, endOfDate, fails, holds, unseen } from '@hevd/core'
import { people } from '@hevd/facts'
import { services } from '../../populations.ts'

/** A service whose owner has left is handed over to somebody who works here: its accounts go on without the leaver. */
export const serviceHandedOver = check('access-removed-at-termination/service-handed-over', {
  of: services,
  reads: ({ owner }) => ({ owners: people.byKey(owner) }),
  judge: ({ owner }, { owners }, _parameters, moment) => {
    const endsOn = owners.facts[0]?.value.endsOn ?? null
    if (endsOn !== null && moment.passed(endOfDate(endsOn, moment.zone)))
      return fails('service-left-behind', { owner, on: endsOn })
    const [missing] = owners.unseen
    return missing === undefined ? holds() : unseen(missing)
  },
})
