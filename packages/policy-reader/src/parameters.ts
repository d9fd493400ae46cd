import type { Lexicon } from './lexicon.ts'
import { durationsIn } from './quantities/durations.ts'
import { frequenciesIn } from './quantities/frequencies.ts'
import { countsOf, percentagesIn } from './quantities/numbers.ts'
import type { Quantity, Unsure } from './quantities/quantity.ts'
import { versionsIn } from './quantities/versions.ts'
import type { Group, ParameterTerms } from './vocabulary.ts'
import type { Word } from './words.ts'

export type ParameterValue = string | number | readonly string[]

/** What a sentence says of one parameter: a value with the words that say it, or why none is proposed. */
export type ParameterProposal =
  | { readonly parameter: string; readonly value: ParameterValue; readonly said: string }
  | {
      readonly parameter: string
      readonly value: null
      readonly said: string
      readonly why: Unsure | 'several' | 'shared' | 'not-an-option'
    }

/** A sentence as parameters are read from it. */
export type Spoken = {
  readonly text: string
  readonly words: readonly Word[]
  readonly isRow: boolean
  readonly lexicon: Lexicon
}

/** Where the words that decided for this control begin, and those that decided for others alone. */
export type Deciding = { readonly own: readonly number[]; readonly others: readonly number[] }

type Spec = Exclude<ParameterTerms, { readonly values: unknown }>
type Claim = { readonly parameter: string; readonly quantity: Quantity }

/** The values of one control's parameters that the sentence states; where two readings are possible, none is taken. */
export function parametersIn(
  spoken: Spoken,
  specs: { readonly [parameter: string]: ParameterTerms },
  options: (parameter: string) => readonly string[] | null,
  deciding: Deciding,
): ParameterProposal[] {
  const lists: ParameterProposal[] = []
  const claims: Claim[] = []
  for (const [parameter, spec] of Object.entries(specs)) {
    if ('values' in spec) lists.push(...listed(parameter, spec.values, spoken))
    else claims.push(...claimed(spec, spoken, deciding).map((quantity) => ({ parameter, quantity })))
  }
  const settled = [...new Set(claims.map(({ parameter }) => parameter))].map((parameter) => {
    const own = claims.filter((claim) => claim.parameter === parameter)
    const quoted = own.map(({ quantity }) => quote(spoken, quantity)).join(', ')
    const refuse = (why: Unsure | 'several' | 'shared' | 'not-an-option'): ParameterProposal => ({
      parameter,
      value: null,
      said: quoted,
      why,
    })
    const [first] = own
    if (first === undefined || new Set(own.map(({ quantity }) => quantity.value)).size > 1)
      return refuse('several')
    const { value, unsure } = first.quantity
    if (value === null) return refuse(unsure ?? 'ambiguous')
    const isShared = claims.some(
      (claim) =>
        claim.parameter !== parameter &&
        claim.quantity.from === first.quantity.from &&
        claim.quantity.kind === first.quantity.kind,
    )
    if (isShared) return refuse('shared')
    const allowed = options(parameter)
    return allowed !== null && !allowed.includes(String(value))
      ? refuse('not-an-option')
      : { parameter, value, said: quoted }
  })
  return [...lists, ...settled]
}

function listed(
  parameter: string,
  values: { readonly [value: string]: Group },
  { words, text, lexicon }: Spoken,
): ParameterProposal[] {
  const find = lexicon.find(words)
  const found = Object.entries(values).flatMap(([value, group]) => {
    const hit = find(group)[0]
    return hit === undefined
      ? []
      : [{ value, said: text.slice(words[hit.from]?.start, words[hit.to - 1]?.end) }]
  })
  if (found.length === 0) return []
  return [
    { parameter, value: found.map(({ value }) => value), said: found.map(({ said }) => said).join(', ') },
  ]
}

/** Words besides the value from which on a clause says much else. */
const ownContent = 5

/**
 * Quantities of the right kind that are said of what the parameter is about: in their own clause where there are several
 * or the clause says much else without a word that decided, and never where the clause speaks of another control alone.
 */
function claimed(spec: Spec, spoken: Spoken, { own, others }: Deciding): Quantity[] {
  const candidates = quantitiesFor(spec, spoken)
  const several = candidates.length > 1 || (spec.as === 'within' && lengthsIn(spoken).length > 1)
  return candidates.filter((quantity) => {
    const clause = clauseOf(quantity, spoken.words)
    const holds = (starts: readonly number[]) =>
      clause.some(({ start, end }) => starts.some((at) => at >= start && at < end))
    if (holds(others) && !holds(own)) return false
    const saysMuchElse = clause.length - (quantity.to - quantity.from) >= ownContent && !holds(own)
    const find = (words: readonly Word[]) => {
      const found = spoken.lexicon.find(words)
      return (group: Group) => found(group).length > 0
    }
    const isNear = find(several || (saysMuchElse && !spoken.isRow) ? clause : spoken.words)
    const speaksAgainst = find(several ? clause : spoken.words)
    return (spec.near ?? []).every(isNear) && !speaksAgainst(spec.against ?? [])
  })
}

function quantitiesFor(spec: Spec, spoken: Spoken): Quantity[] {
  const { text, words, isRow, lexicon } = spoken
  const { language } = lexicon
  if (spec.as === 'number') return countsOf(lexicon.find(words)(spec.of), words, language)
  if (spec.as === 'percent') return percentagesIn(text, words)
  if (spec.as === 'version') return versionsIn(text, words)
  const often = frequenciesIn(words, language)
  if (spec.as === 'every') return often
  const lengths = lengthsIn(spoken)
  if (spec.as === 'within') return lengths.filter(({ deadline }) => deadline || isRow)
  return spec.as === 'any' ? [...lengths, ...often] : lengths
}

/** Lengths of time that are no part of how often: not the six months of “every six months”. */
function lengthsIn({ text, words, lexicon: { language } }: Spoken): Quantity[] {
  const often = frequenciesIn(words, language)
  return durationsIn(text, words, language).filter(
    (each) => !often.some(({ from, to }) => each.from >= from && each.to <= to),
  )
}

/** The words of the clauses that the quantity's own words are in. */
function clauseOf({ from, to }: Quantity, words: readonly Word[]): Word[] {
  const clauses = new Set(words.slice(from, to).map(({ clause }) => clause))
  return words.filter(({ clause }) => clauses.has(clause))
}

function quote({ text, words }: Spoken, { from, to }: Quantity): string {
  return text.slice(words[from]?.start, words[to - 1]?.end)
}
