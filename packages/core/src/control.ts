import type { Test } from './test.ts'
import type { Wording, WordingParameters } from './wording.ts'

/** The words of a control's reasons: the code a judge gives, in nb and en. */
export type Reasons = { readonly [code: string]: Wording<never> }

/** A reason's words with the parameters it takes. */
export function reason<P extends WordingParameters = Record<never, never>>(wording: Wording<P>): Wording<P> {
  return wording
}

/** What a control's folder declares beside its texts: its tests and the words of their reasons. */
export type ControlDeclaration = {
  readonly id: string
  /** None while the control is not yet proven. */
  readonly tests: readonly Test[]
  readonly reasons: Reasons
}

export function control(
  id: string,
  declared: { readonly tests: readonly Test[]; readonly reasons: Reasons } = { tests: [], reasons: {} },
): ControlDeclaration {
  return { id, ...declared }
}
