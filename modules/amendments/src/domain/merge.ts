import type { PolicyText } from '@hevd/posture'
import type { ControlChange } from '../contract.ts'
import { effective, same, wordFields } from './change.ts'

/**
 * What a newer catalogue proposes of a control, three-way: where the organisation has left the text as it was shipped, the
 * newer one; where it has made its own, nothing. A wording is one thing in both languages, each parameter one of its own.
 * Null where nothing is proposed.
 *
 * @param before what was shipped before, the text that the organisation's own was made from
 */
export function proposed(
  before: PolicyText | null,
  inForce: PolicyText,
  after: PolicyText,
): ControlChange | null {
  const words = wordFields
    .filter((field) => before !== null && same(inForce[field], before[field]))
    .map((field) => [field, after[field]] as const)
  const parameters = Object.entries(after.parameters).filter(
    ([name]) => before !== null && same(inForce.parameters[name] ?? null, before.parameters[name] ?? null),
  )
  return effective(inForce, {
    ...Object.fromEntries(words),
    parameters: Object.fromEntries(parameters),
    sameMeaning: true,
  })
}
