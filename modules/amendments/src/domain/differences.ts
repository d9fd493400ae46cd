import type { Control } from '@hevd/core'
import type { PolicyText } from '@hevd/posture'
import type { FieldDifference } from '../contract.ts'
import { same, wordFields } from './change.ts'
import { wordsDifference } from './difference.ts'

/** What stands between two texts of a control, field by field. */
export function differences(control: Control, before: PolicyText, after: PolicyText): FieldDifference[] {
  const words = wordFields
    .filter((field) => !same(before[field], after[field]))
    .map((field): FieldDifference => {
      const [was, is] = [before[field], after[field]]
      return { field, nb: wordsDifference(was.nb, is.nb), en: wordsDifference(was.en, is.en) }
    })
  const known = new Map(control.parameters.map((parameter) => [parameter.name, parameter]))
  const names = [...new Set([...known.keys(), ...Object.keys(after.parameters)])]
  const parameters = names
    .filter((name) => !same(before.parameters[name] ?? null, after.parameters[name] ?? null))
    .map((name): FieldDifference => {
      const { title, type } = known.get(name) ?? { title: { nb: name, en: name }, type: 'unknown' }
      return {
        field: 'parameter',
        name,
        title,
        type,
        before: before.parameters[name] ?? null,
        after: after.parameters[name] ?? null,
      }
    })
  const { notApplicable } = after
  if (same(before.notApplicable, notApplicable)) return [...words, ...parameters]
  return [
    ...words,
    ...parameters,
    { field: 'applicability', before: before.notApplicable, after: notApplicable },
  ]
}
