import { check, endOfDate, fails, holds, outside, unseen } from '@hevd/core'
import { people } from '@hevd/facts'
import { contractors } from '../../populations.ts'

/** Every contractor has an end date, and a sponsor who works here. */
export const contractorBounded = check('access-removed-at-termination/contractor-bounded', {
  of: contractors,
  reads: ({ sponsor }) => ({ sponsors: sponsor === null ? [] : [people.byKey(sponsor)] }),
  judge: ({ endsOn, sponsor }, { sponsors }, _parameters, moment) => {
    if (endsOn === null) return fails('contractor-without-end')
    if (moment.passed(endOfDate(endsOn, moment.zone))) return outside
    if (sponsor === null) return fails('contractor-without-sponsor')
    const [known] = sponsors.facts
    const [missing] = sponsors.unseen
    if (known === undefined)
      return missing === undefined ? fails('sponsor-unknown', { sponsor }) : unseen(missing)
    const { endsOn: until } = known.value
    if (until !== null && moment.passed(endOfDate(until, moment.zone)))
      return fails('sponsor-left', { sponsor, on: until })
    return missing === undefined ? holds() : unseen(missing)
  },
})
