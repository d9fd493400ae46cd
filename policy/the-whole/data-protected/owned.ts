import { check, endOfDate, fails, holds, startOfDate, unseen } from '@hevd/core'
import { people } from '@hevd/facts'
import { dataRegister } from '../../populations.ts'

/** Every set of data has an owner who works here now. */
export const owned = check('data-protected/owned', {
  of: dataRegister,
  reads: ({ owner }) => ({ owners: owner === null ? [] : [people.byKey(owner)] }),
  judge: ({ owner }, { owners }, _parameters, moment) => {
    if (owner === null) return fails('data-without-owner')
    const [missing] = owners.unseen
    const person = owners.facts[0]?.value
    if (person === undefined)
      return missing === undefined ? fails('data-owner-unknown', { owner }) : unseen(missing)
    const { startsOn, endsOn } = person
    if (endsOn !== null && moment.passed(endOfDate(endsOn, moment.zone)))
      return fails('data-owner-left', { owner, on: endsOn })
    if (!moment.passed(startOfDate(startsOn, moment.zone)))
      return fails('data-owner-not-started', { owner, on: startsOn })
    return missing === undefined ? holds() : unseen(missing)
  },
})
