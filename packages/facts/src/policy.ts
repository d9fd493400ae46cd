import { z } from 'zod'
import { facts } from './fact-type.ts'

/** The version of one control's text that the organisation has approved. */
export const approvedTexts = facts('approved-text', {
  value: z.object({
    control: z.string(),
    /** Digest of statement and how, in nb and en, and of the parameters. */
    digest: z.string(),
    /** Languages it exists in. */
    locales: z.array(z.string()),
    approvedAt: z.number(),
    /** The latest review; approving it was one too. */
    reviewedAt: z.number(),
    /** Reviews before the latest, in milliseconds. */
    earlierReviews: z.array(z.number()).optional(),
  }),
  key: (text) => text.control,
  lookups: { ofControl: (text) => text.control },
})

/** A control's text as the public page shows it, read back from the page itself. */
export const publishedTexts = facts('published-text', {
  value: z.object({ control: z.string(), locale: z.string(), digest: z.string() }),
  key: (text) => `${text.control}/${text.locale}`,
  lookups: { ofControl: (text) => text.control },
})
