import type { Condition, Field, Filter, Range, Step } from './model.ts'

/** Ranges of a field that some rule names, whichever way round; a range that is the whole field names nothing. */
export function spokenOf(filter: Filter, field: Field, width: number): Range[] {
  const whole = (1n << BigInt(width)) - 1n
  const named = (condition: Condition): readonly Range[] => {
    switch (condition.is) {
      case 'in':
        return condition.field === field && condition.mask === null
          ? condition.ranges.filter(([first, last]) => first > 0n || last < whole)
          : []
      case 'all':
      case 'any':
        return condition.of.flatMap(named)
      case 'not':
        return named(condition.of)
      case 'free':
        return []
    }
  }
  return [...filter.chains.values()].flat(2).flatMap((step) => conditionsOf(step).flatMap(named))
}

function conditionsOf(step: Step): readonly Condition[] {
  switch (step.do) {
    case 'match':
      return [step.when]
    case 'choose':
    case 'set':
      return step.arms.map(({ when }) => when)
    case 'verdict':
      return []
  }
}
