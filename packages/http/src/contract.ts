import { z } from 'zod'

/** Parts that the contracts of all modules are made of. Instants are milliseconds since 1970. */
export const instant = z.number()
export const bilingual = z.object({ nb: z.string(), en: z.string() })

/** A reason as a reader gets it: the code, its parameters, and the words in both languages. */
export const reasonView = z.object({
  code: z.string(),
  params: z.record(z.string(), z.unknown()),
  text: bilingual,
})
export type ReasonView = z.infer<typeof reasonView>

export const verdict = z.enum(['holds', 'fails', 'unknown'])
/** `excepted`: a failure that is accepted for a time. */
export const state = z.enum(['holds', 'fails', 'unknown', 'excepted'])
/** Of a control, or of several: `not-applicable` where the organisation has said so, for a time. */
export const policyState = z.enum([...state.options, 'not-applicable'])
export const tally = z.object({
  holds: z.int(),
  fails: z.int(),
  unknown: z.int(),
  /** Of `fails`, how many an exception covers. */
  excepted: z.int(),
})

/** One page of a list; `next` goes into `cursor` of the next call, null at the end. `total` counts all that match. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next: z.string().nullable(), total: z.int() })
}
export const paging = z.object({
  cursor: z.string().max(1000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
