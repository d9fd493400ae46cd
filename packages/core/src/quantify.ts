import type { Fact, Reading } from './fact.ts'
import { type Fails, holds, type Judgement, type Unknown, unseen } from './verdict.ts'

/** A predicate's answer: yes, no, or an `unknown` that says what could not be told. */
export type Truth = boolean | Unknown

/** A predicate over one fact; the fact itself is given for when it was seen. */
export type Predicate<Value> = (value: Value, fact: Fact<Value>) => Truth

/**
 * No fact satisfies `predicate`. One counterexample that was seen fails, whatever else is unseen;
 * holding needs all of it seen and every answer told.
 *
 * @param orElse makes the failure from all counterexamples, at least one
 */
export function none<Value>(
  reading: Reading<Value>,
  predicate: Predicate<Value>,
  orElse: (counterexamples: readonly [Value, ...Value[]]) => Fails,
): Judgement {
  const counterexamples: Value[] = []
  let untold: Unknown | null = null
  for (const fact of reading.facts) {
    const truth = predicate(fact.value, fact)
    if (truth === true) counterexamples.push(fact.value)
    else if (truth !== false) untold ??= truth
  }
  const [first, ...rest] = counterexamples
  if (first !== undefined) return orElse([first, ...rest])
  const [missing] = reading.unseen
  if (missing !== undefined) return unseen(missing)
  return untold ?? holds()
}

/** Every fact satisfies `predicate`; over nothing, wholly seen, it holds. See {@link none}. */
export function every<Value>(
  reading: Reading<Value>,
  predicate: Predicate<Value>,
  orElse: (counterexamples: readonly [Value, ...Value[]]) => Fails,
): Judgement {
  const negated: Predicate<Value> = (value, fact) => {
    const truth = predicate(value, fact)
    return typeof truth === 'boolean' ? !truth : truth
  }
  return none(reading, negated, orElse)
}

/**
 * At least one fact satisfies `predicate`. One example that was seen holds; failing needs all of it
 * seen and every answer told.
 */
export function some<Value>(
  reading: Reading<Value>,
  predicate: Predicate<Value>,
  orElse: () => Fails,
): Judgement {
  let untold: Unknown | null = null
  for (const fact of reading.facts) {
    const truth = predicate(fact.value, fact)
    if (truth === true) return holds()
    if (truth !== false) untold ??= truth
  }
  const [missing] = reading.unseen
  if (missing !== undefined) return unseen(missing)
  return untold ?? orElse()
}
