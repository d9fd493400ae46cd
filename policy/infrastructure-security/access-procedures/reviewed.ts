import { after, duration, fails, holds, obligation, toldBySubject, within } from '@hevd/core'
import type { accessGrants, ValueOf } from '@hevd/facts'
import { grantedAccess } from '../../populations.ts'

type Grant = ValueOf<typeof accessGrants>

const reviews = toldBySubject((grant: Grant) => grant.reviews.map((at) => ({ at })))

/** From when a grant gives nothing: it was ended, or its last day is over. */
const over = toldBySubject(({ endedAt, until }: Grant) => {
  const why = holds('access-over')
  const ended = endedAt === null ? [] : [{ from: endedAt, until: null, why }]
  return until === null ? ended : [...ended, { from: after(until, 'P1D', 'UTC'), until: null, why }]
})

/** Every grant that is in force is confirmed within the time the policy gives, counted from the last review. */
export const reviewed = obligation('access-procedures/reviewed', {
  of: grantedAccess,
  parameters: { recertifyEvery: duration },
  due: (grant, { recertifyEvery }) =>
    within(recertifyEvery, grant.from).thenEvery(recertifyEvery, 'from-completion'),
  dischargedBy: reviews,
  exemptWhen: over,
  overdue: ({ on }, grant) => fails('access-review-overdue', { grant: grant.id, on }),
})
