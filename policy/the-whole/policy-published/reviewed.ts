import { duration, fails, obligation, toldBySubject, within } from '@hevd/core'
import type { approvedTexts, ValueOf } from '@hevd/facts'
import { approvedPolicy } from '../../populations.ts'

type Text = ValueOf<typeof approvedTexts>

/** Approving a text is its first review. */
const reviews = toldBySubject((text: Text) =>
  [...(text.earlierReviews ?? []), text.reviewedAt]
    .filter((at) => at > text.approvedAt)
    .map((at) => ({ at })),
)

/** Every text is reviewed within the time the policy gives, counted from the last review. */
export const reviewed = obligation('policy-published/reviewed', {
  of: approvedPolicy,
  parameters: { reviewEvery: duration },
  due: (text, { reviewEvery }) =>
    within(reviewEvery, text.approvedAt).thenEvery(reviewEvery, 'from-completion'),
  dischargedBy: reviews,
  overdue: ({ on }) => fails('review-overdue', { on }),
})
