import type { ControlDeclaration, Reasons, ReasonWording } from './control.ts'
import type { Population } from './population.ts'
import { procedureReasons } from './procedure-reasons.ts'
import type { Telling } from './telling.ts'
import type { Test } from './test.ts'
import { unseenReasons } from './unseen-reasons.ts'
import type { Reason } from './verdict.ts'
import type { Bilingual, Locale } from './wording.ts'

/** A parameter of a control as the policy states it. */
export type Parameter = {
  readonly name: string
  readonly type: string
  readonly default: unknown
  readonly options: readonly string[] | null
  readonly title: Bilingual
  readonly help: Bilingual
}

/** One promise with its texts, its tests and the digests that a posture leaf carries. */
export type Control = ControlDeclaration & {
  readonly section: string
  readonly title: Bilingual
  readonly statement: Bilingual
  readonly how: Bilingual
  /** What to do or connect first, for a control that is not yet proven. */
  readonly next: Bilingual
  readonly proof: readonly Test['kind'][]
  /** The core of it is said by somebody with a document, not observed. */
  readonly attested: boolean
  readonly parameters: readonly Parameter[]
  /** Identifiers by framework, as in the frameworks' own lists. */
  readonly references: { readonly [framework: string]: readonly string[] }
  /** SHA-256, hex, of the statement, how and parameters in canonical JSON. */
  readonly policyDigest: string
  /** SHA-256, hex, of the sources that judge: the control's folder without its tests. */
  readonly testsDigest: string
}

export type Section = {
  readonly id: string
  readonly title: Bilingual
  readonly controls: readonly Control[]
}

/** The policy as the product ships it, in policy order. */
export type Catalogue = {
  readonly sections: readonly Section[]
  readonly controls: ReadonlyMap<string, Control>
  readonly tests: ReadonlyMap<string, Test>
  readonly populations: readonly Population[]
}

/** The words of a reason of a control; a code that nobody worded is shown as it is. */
export function worded(reasons: Reasons, reason: Reason, locale: Locale, telling: Telling): string {
  const all: Reasons = { ...unseenReasons, ...procedureReasons, ...reasons }
  const wording = all[reason.code]
  return wording === undefined ? reason.code : speak(wording, locale, reason, telling)
}

/** Parameters of a reason were made by the judge that the wording stands beside. */
function speak(wording: ReasonWording<never>, locale: Locale, reason: Reason, telling: Telling): string {
  const words: (params: never, telling: Telling) => string = wording[locale]
  return words(reason.params as never, telling)
}
