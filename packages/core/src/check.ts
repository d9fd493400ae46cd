import type { InForce, ParametersOf, ParameterTypes } from './parameters.ts'
import type { Population } from './population.ts'
import type { Lookups, ReadingsOf, Test } from './test.ts'
import type { Moment } from './time.ts'
import type { Judgement, Outside } from './verdict.ts'

/** A check: a pure function that judges facts about a subject. */
export type CheckDeclaration<
  Subject,
  P extends ParameterTypes,
  First extends Lookups,
  Then extends Lookups,
> = {
  readonly of: Population<Subject>
  readonly parameters?: P
  reads(subject: Subject): First
  /** Look-ups that need what the first ones gave, such as the people behind owners. */
  follow?(subject: Subject, readings: ReadingsOf<First>): Then
  judge(
    subject: Subject,
    readings: ReadingsOf<First> & ReadingsOf<Then>,
    parameters: ParametersOf<P>,
    moment: Moment,
  ): Judgement | Outside
}

/** Declares a check; `id` is `control-id/test-name`. */
export function check<
  Subject,
  const First extends Lookups,
  const Then extends Lookups = Record<never, never>,
  const P extends ParameterTypes = Record<never, never>,
>(id: string, declaration: CheckDeclaration<Subject, P, First, Then>): Test {
  const { follow } = declaration
  return {
    id,
    kind: 'check',
    population: declaration.of,
    parameters: declaration.parameters ?? {},
    stages: [
      { lookups: (subject: Subject) => declaration.reads(subject) },
      ...(follow === undefined
        ? []
        : [{ lookups: (subject: Subject, readings: ReadingsOf<First>) => follow(subject, readings) }]),
    ],
    judge: (
      subject: Subject,
      readings: ReadingsOf<First> & ReadingsOf<Then>,
      parameters: InForce<ParametersOf<P>>,
      moment: Moment,
    ) => declaration.judge(subject, readings, parameters.values, moment),
  }
}
