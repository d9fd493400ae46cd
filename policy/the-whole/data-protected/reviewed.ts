import { duration, fails, obligation, toldBySubject, within } from '@hevd/core'
import type { dataSets, ValueOf } from '@hevd/facts'
import { dataRegister } from '../../populations.ts'

/** Entering a set is its first review. */
const reviews = toldBySubject(({ reviews: made, enteredAt }: ValueOf<typeof dataSets>) =>
  made.filter((at) => at > enteredAt).map((at) => ({ at })),
)

/** Every set of data is looked at and confirmed within the time the policy gives, counted from the last time. */
export const reviewed = obligation('data-protected/reviewed', {
  of: dataRegister,
  parameters: { reviewEvery: duration },
  due: ({ enteredAt }, { reviewEvery }) =>
    within(reviewEvery, enteredAt).thenEvery(reviewEvery, 'from-completion'),
  dischargedBy: reviews,
  overdue: ({ on }) => fails('data-review-overdue', { on }),
})
