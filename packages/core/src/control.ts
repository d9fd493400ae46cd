import type { Telling } from './telling.ts'
import type { Test } from './test.ts'
import type { Reason } from './verdict.ts'
import type { Bilingual, Locale, WordingParameters } from './wording.ts'

/** The words of a reason; moments, sources and fact types among its parameters are told through `telling`. */
export type ReasonWording<P extends WordingParameters> = {
  readonly [L in Locale]: (params: P, telling: Telling) => string
}

/** The words of a control's reasons: the code a judge gives, in nb and en. */
export type Reasons = { readonly [code: string]: ReasonWording<never> }

/** A reason's words with the parameters it takes. */
export function reason<P extends WordingParameters = Record<never, never>>(
  wording: ReasonWording<P>,
): ReasonWording<P> {
  return wording
}

/** What a control's folder declares beside its texts: its tests and the words of their reasons. */
export type ControlDeclaration = {
  readonly id: string
  /** None while the control is not yet proven. */
  readonly tests: readonly Test[]
  readonly reasons: Reasons
  /** The part of the promise that no test looks at yet. While there is one the control is at best `unknown`. */
  readonly lacks?: Bilingual
}

export function control(
  id: string,
  { tests, reasons, lacks }: Omit<ControlDeclaration, 'id'> = { tests: [], reasons: {} },
): ControlDeclaration {
  if (lacks === undefined) return { id, tests, reasons }
  const worded = reason({ nb: () => lacks.nb, en: () => lacks.en })
  return { id, tests, reasons: { ...reasons, [notWhollyProven.code]: worded }, lacks }
}

/** Why a control does not hold whose promise is tested in part. */
export const notWhollyProven: Reason = { code: 'not-wholly-proven', params: {} }
