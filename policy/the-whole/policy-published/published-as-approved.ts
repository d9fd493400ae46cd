import { check, fails, holds, locales, unseen } from '@hevd/core'
import { publishedTexts } from '@hevd/facts'
import { approvedPolicy } from '../../populations.ts'

/** The public page shows the approved text of every control, in every language. */
export const publishedAsApproved = check('policy-published/published-as-approved', {
  of: approvedPolicy,
  reads: (text) => ({ published: publishedTexts.ofControl(text.control) }),
  judge: (text, { published }) => {
    const other = published.facts
      .filter(({ value }) => value.digest !== text.digest)
      .map(({ value }) => value.locale)
    if (other.length > 0) return fails('published-differs', { locales: other })
    const [missing] = published.unseen
    if (missing !== undefined) return unseen(missing)
    const shown = new Set(published.facts.map(({ value }) => value.locale))
    const absent = locales.filter((locale) => !shown.has(locale))
    return absent.length > 0 ? fails('not-published', { locales: absent }) : holds()
  },
})
