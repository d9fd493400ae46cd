import { z } from 'zod'

const term = z.string().trim().min(1)
const group = z.array(term).min(1)
const reading = z.array(group).min(1)
const aside = { near: reading.optional(), against: group.optional() }

const parameter = z.union([
  z.strictObject({ as: z.enum(['within', 'span', 'every', 'any', 'percent', 'version']), ...aside }),
  z.strictObject({ as: z.literal('number'), of: group, ...aside }),
  z.strictObject({ values: z.record(z.string(), group) }),
])

const language = z
  .strictObject({
    names: group.optional(),
    says: z.array(reading).optional(),
    not: group.optional(),
    against: group.optional(),
    parameters: z.record(z.string(), parameter).optional(),
  })
  .refine(({ names, says }) => (names ?? says) !== undefined, { error: 'needs names or says' })

/** Schema of a `terms.yaml`: the words by which a sentence of somebody's own policy is known to promise this control. */
export const termsFile = z.strictObject({ nb: language, en: language })
export type TermsFile = z.infer<typeof termsFile>

/** Schema of `concepts.yaml`: ways of saying the same, by name. */
export const conceptsFile = z.strictObject({
  nb: z.record(z.string(), group),
  en: z.record(z.string(), group),
})
