import { type Lookup, merged, type Reading } from './fact.ts'
import type { Occurrence } from './occurrence.ts'
import { type InForce, type ParameterTypes, parseInForce } from './parameters.ts'
import type { Population } from './population.ts'
import type { Moment } from './time.ts'
import { type Judgement, type Outside, outside } from './verdict.ts'

/** Look-ups by name; several under one name are read as one. */
export type Lookups = { readonly [name: string]: Lookup | readonly Lookup[] }
type ValueOf<L> =
  L extends Lookup<infer Value> ? Value : L extends readonly Lookup<infer Value>[] ? Value : never
/** What those look-ups gave. */
export type ReadingsOf<L> = { readonly [Name in keyof L]: Reading<ValueOf<L[Name]>> }
export type Readings = { readonly [name: string]: Reading }

/** What a judge says: a judgement with the occurrences behind it, or that the subject is not meant. */
export type Judged = Outside | (Judgement & { readonly occurrences?: readonly Occurrence[] })

/**
 * One test of a control, whatever primitive it was declared with: what the judging engine runs. It is
 * pure; the engine reads, in stages, and stores what was looked up.
 */
export type Test = {
  /** `control-id/test-name`, or the control's id where it has a single test. */
  readonly id: string
  readonly kind: 'check' | 'obligation' | 'procedure'
  readonly population: Population
  readonly parameters: ParameterTypes
  /** Each stage may depend on what the stages before it read. */
  readonly stages: readonly Stage[]
  /**
   * That it fails at a moment to come can be told only by a look at that moment (`removal`): what was seen before may have
   * gone meanwhile. Until then it is unknown.
   */
  readonly looksAgain?: boolean
  judge(subject: unknown, readings: Readings, parameters: InForce, moment: Moment): Judged
}
export type Stage = { lookups(subject: unknown, readings: Readings): Lookups }

/** A source of facts: the feeds' database, or facts collected a moment ago. */
export type FactSource = (lookups: readonly Lookup[]) => readonly Reading[]

/** What a judgement looked up and what it said. */
export type Run = { readonly judged: Judged; readonly lookups: readonly Lookup[] }

/** Reads stage after stage from a synchronous source and judges; the engine of `hevd check` and of tests. */
export function run(
  test: Test,
  subject: unknown,
  self: Lookup,
  source: FactSource,
  parameters: InForce,
  moment: Moment,
): Run {
  let readings: Readings = {}
  const lookups: Lookup[] = [self]
  for (const stage of test.stages) {
    const wanted = stage.lookups(subject, readings)
    const flat = flatten(wanted)
    readings = { ...readings, ...named(wanted, source(flat)) }
    lookups.push(...flat)
  }
  return { judged: judge(test, subject, readings, parameters, moment), lookups }
}

/** The look-ups of a stage as one list, in the order {@link named} takes its readings. */
export function flatten(lookups: Lookups): readonly Lookup[] {
  return Object.values(lookups).flatMap((lookup) => (isMany(lookup) ? lookup : [lookup]))
}

/** Readings, in the order of {@link flatten}, under the names of their look-ups. */
export function named(lookups: Lookups, readings: readonly Reading[]): Readings {
  let next = 0
  const take = (count: number) => {
    next += count
    return merged(readings.slice(next - count, next))
  }
  return Object.fromEntries(
    Object.entries(lookups).map(([name, lookup]) => [name, take(isMany(lookup) ? lookup.length : 1)]),
  )
}

function isMany(lookup: Lookup | readonly Lookup[]): lookup is readonly Lookup[] {
  return Array.isArray(lookup)
}

/** Judges one subject, if the control speaks of it, with parameters checked against what the test declares. */
export function judge(
  test: Test,
  subject: unknown,
  readings: Readings,
  parameters: InForce,
  moment: Moment,
): Judged {
  if (!test.population.includes(subject)) return outside
  return test.judge(subject, readings, parseInForce(test.parameters, parameters), moment)
}
