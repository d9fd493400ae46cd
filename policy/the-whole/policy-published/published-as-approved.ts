import {
  check,
  duration,
  fails,
  holds,
  type Judgement,
  locales,
  plus,
  type Reading,
  unseen,
} from '@hevd/core'
import { type approvedTexts, publishedTexts, type ValueOf } from '@hevd/facts'
import { approvedPolicy } from '../../populations.ts'

type Text = ValueOf<typeof approvedTexts>
type Published = Reading<ValueOf<typeof publishedTexts>>

/** The public page shows the approved text of every control, in every language, soon after it was approved. */
export const publishedAsApproved = check('policy-published/published-as-approved', {
  of: approvedPolicy,
  parameters: { publishedWithin: duration },
  reads: (text) => ({ published: publishedTexts.ofControl(text.control) }),
  judge: (text, { published }, { publishedWithin }, moment) => {
    const judged = compared(text, published)
    if (judged.verdict !== 'fails' || moment.elapsed(text.approvedAt, publishedWithin)) return judged
    return holds('publication-awaited', { by: plus(text.approvedAt, publishedWithin, moment.zone) })
  },
})

function compared(text: Text, published: Published): Judgement {
  const other = published.facts
    .filter(({ value }) => value.digest !== text.digest)
    .map(({ value }) => value.locale)
  if (other.length > 0) return fails('published-differs', { locales: other })
  const [missing] = published.unseen
  if (missing !== undefined) return unseen(missing)
  const shown = new Set(published.facts.map(({ value }) => value.locale))
  const absent = locales.filter((locale) => !shown.has(locale))
  return absent.length > 0 ? fails('not-published', { locales: absent }) : holds()
}
