import { choice, duration, integer, integers, parseParameters, strings } from '@hevd/core'
import { z } from 'zod'

const text = z.string().trim().min(1)
const bilingual = z.strictObject({ nb: text, en: text })
const about = { title: bilingual, help: bilingual }

const parameter = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('duration'), default: z.string(), ...about }),
  z.strictObject({ type: z.literal('integer'), default: z.number(), ...about }),
  z.strictObject({ type: z.literal('strings'), default: z.array(z.string()), ...about }),
  z.strictObject({ type: z.literal('integers'), default: z.array(z.number()), ...about }),
  z.strictObject({
    type: z.literal('choice'),
    options: z.array(z.string()).min(1),
    default: z.string(),
    ...about,
  }),
])
type ParameterEntry = z.infer<typeof parameter>

/** A default must be a value of its own type. */
function fits(entry: ParameterEntry): boolean {
  const types = { duration, integer, strings, integers }
  const type = entry.type === 'choice' ? choice(...entry.options) : types[entry.type]
  try {
    parseParameters({ value: type }, { value: entry.default })
    return true
  } catch {
    return false
  }
}

/** Schema of a `control.yaml`: the words of one control, its parameters and references. */
export const controlFile = z.strictObject({
  id: z.string().regex(/^[a-z]+(-[a-z]+)*$/),
  title: z.strictObject({ nb: text.max(60), en: text.max(60) }),
  statement: bilingual,
  how: bilingual,
  proof: z.array(z.enum(['check', 'obligation', 'procedure'])).min(1),
  attested: z.boolean(),
  parameters: z.record(
    z.string().regex(/^[a-z][A-Za-z]*$/),
    parameter.refine(fits, { error: 'the default is not a value of the type' }),
  ),
  references: z.record(z.string(), z.array(z.string()).min(1)),
  next: bilingual,
})
export type ControlFile = z.infer<typeof controlFile>

/** Schema of `sections.yaml`. */
export const sectionsFile = z.array(z.strictObject({ id: z.string(), title: bilingual }))
