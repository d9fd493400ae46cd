import { check, fails, holds } from '@hevd/core'
import { customerRegister } from '../../residency.ts'

/** A customer's own choice stands in a contract, from a day; one who has none recorded has what the policy says. */
export const choiceRecorded = check('data-location/choice-recorded', {
  of: customerRegister,
  reads: () => ({}),
  judge: ({ choice, since, contract }) => {
    if (choice === null) return holds('choice-by-policy')
    if (since === null || contract === null) return fails('choice-without-contract', { choice })
    return holds('choice-recorded', { choice, since })
  },
})
