import type { ParametersOf, ParameterTypes } from './parameters.ts'
import type { Duration } from './time.ts'
import type { Fails } from './verdict.ts'

/** Evidence that a step needs: all of some, or all of one of several kinds. */
export type Needs = ParameterTypes | Either
export type Either<Options extends readonly ParameterTypes[] = readonly ParameterTypes[]> = {
  readonly options: Options
}
/** What the evidence looks like once it is accepted. */
export type EvidenceOf<N> =
  N extends Either<infer Options>
    ? ParametersOf<Options[number]>
    : N extends ParameterTypes
      ? ParametersOf<N>
      : never

/** One kind of evidence or another; the first that is given whole counts. */
export function either<const Options extends readonly ParameterTypes[]>(
  ...options: Options
): Either<Options> {
  return { options }
}

/** What must be so before a step may be done. `opened` stands for the opening of the case. */
export type Guard =
  | { readonly kind: 'other-than'; readonly steps: readonly string[] }
  | { readonly kind: 'not-before'; readonly duration: Duration; readonly step: string }

/** By another person than the one who did any of these steps. */
export function otherThan(...steps: readonly string[]): Guard {
  return { kind: 'other-than', steps }
}

/** Not before some time has gone by since a step was done. */
export function notBefore(duration: Duration, step: string): Guard {
  return { kind: 'not-before', duration, step }
}

declare const carried: unique symbol

/** A step of a procedure. */
export type Step<N extends Needs = Needs> = {
  readonly id: string
  readonly needs: Needs
  readonly guards: readonly Guard[]
  /** Steps that must be done first; null for the one before it in the procedure. */
  readonly after: readonly string[] | null
  /** Name of the duration among the procedure's parameters that is its deadline. */
  readonly within: string | null
  /** What may be done in its place. */
  readonly orElse: Step | null
  fits(evidence: { readonly [name: string]: unknown }, earlier: Earlier): Fails | null
  /** Carries the type of the evidence; there is nothing in it. */
  readonly [carried]?: N
}

/** Evidence of steps that are done, as accepted. */
export type Earlier = {
  of<N extends Needs>(step: Step<N>): EvidenceOf<N> | null
}

export type StepDeclaration<N extends Needs> = {
  readonly needs?: N
  readonly guards?: readonly Guard[]
  readonly after?: readonly string[]
  /** Name of a duration among the procedure's parameters, counted from when the step could be done. */
  readonly within?: string
  readonly orElse?: Step
  /** Whether the evidence suits what was said before, such as a method that suits the medium. */
  fits?(evidence: EvidenceOf<N>, earlier: Earlier): Fails | null
}

/** Declares a step; its id may be that of the control it proves. */
export function step<const N extends Needs = Record<never, never>>(
  id: string,
  declaration: StepDeclaration<N> = {},
): Step<N> {
  return {
    id,
    needs: declaration.needs ?? {},
    guards: declaration.guards ?? [],
    after: declaration.after ?? null,
    within: declaration.within ?? null,
    orElse: declaration.orElse ?? null,
    fits: (evidence: EvidenceOf<N>, earlier) => declaration.fits?.(evidence, earlier) ?? null,
  }
}
