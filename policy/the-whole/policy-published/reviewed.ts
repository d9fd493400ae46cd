import { check, duration, fails, holds } from '@hevd/core'
import { approvedPolicy } from '../../populations.ts'

/** Every text was reviewed within the time the policy gives. */
export const reviewed = check('policy-published/reviewed', {
  of: approvedPolicy,
  parameters: { reviewEvery: duration },
  reads: () => ({}),
  judge: (text, _readings, { reviewEvery }, moment) =>
    moment.elapsed(text.reviewedAt, reviewEvery) ? fails('review-overdue') : holds(),
})
