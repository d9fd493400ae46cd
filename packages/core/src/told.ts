import type { Lookup, Reading } from './fact.ts'
import type { Instant } from './time.ts'

/** Something that was told, and when Hevd heard of it; null where the subject itself says it. */
export type Heard<Meaning> = { readonly means: Meaning; readonly recordedAt: Instant | null }

/** Where something about a subject is looked up, and what it means: a record, an absence, a step of a case. */
export type Told<Subject, Meaning> = {
  lookups(subject: Subject): readonly Lookup[]
  heard(subject: Subject, reading: Reading): readonly Heard<Meaning>[]
}

/**
 * What facts tell.
 *
 * @param meaning null for a fact that says nothing here, such as a course that was not passed
 */
export function told<Subject, Value, Meaning extends object>(
  lookups: (subject: Subject) => Lookup<Value> | readonly Lookup<Value>[],
  meaning: (value: Value) => Meaning | null,
): Told<Subject, Meaning> {
  return {
    lookups: (subject) => [lookups(subject)].flat(),
    heard: (_subject, reading: Reading<Value>) =>
      reading.facts.flatMap(({ value, recordedAt }) => {
        const means = meaning(value)
        return means === null ? [] : [{ means, recordedAt }]
      }),
  }
}

/** What the subject itself tells. */
export function toldBySubject<Subject, Meaning extends object>(
  meaning: (subject: Subject) => readonly Meaning[],
): Told<Subject, Meaning> {
  return {
    lookups: () => [],
    heard: (subject) => meaning(subject).map((means) => ({ means, recordedAt: null })),
  }
}
