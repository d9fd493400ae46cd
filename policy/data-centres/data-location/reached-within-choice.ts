import { check, fails, holds, strings, unknown, unseen } from '@hevd/core'
import { allowedBy, isWithin, subprocessors } from '@hevd/facts'
import { customerRegister } from '../../residency.ts'

/** A customer's data is reached by subprocessors, and by those who support, only from where the customer chose. */
export const reachedWithinChoice = check('data-location/reached-within-choice', {
  of: customerRegister,
  parameters: { withoutChoiceIn: strings },
  reads: ({ id }) => ({ reaching: [subprocessors.reaching('*'), subprocessors.reaching(id)] }),
  judge: ({ choice, named }, { reaching }, { withoutChoiceIn }) => {
    const allowed = allowedBy(choice, named, withoutChoiceIn)
    const outside = reaching.facts.flatMap(({ value: { id, places } }) =>
      places.filter((place) => !isWithin(place, allowed)).map((place) => ({ id, place })),
    )
    if (outside.length > 0)
      return fails('reached-from-outside', {
        who: [...new Set(outside.map(({ id }) => id))].sort(),
        outside: [...new Set(outside.map(({ place }) => place))].sort(),
        allowed,
      })
    const [missing] = reaching.unseen
    if (missing !== undefined) return unseen(missing)
    return reaching.facts.some(({ value }) => value.kind === 'support')
      ? holds()
      : unknown('support-not-recorded')
  },
})
