import type { Locale } from '@hevd/core'
import type { Word } from '../words.ts'
import { numberOf, ordinalOf } from './number-words.ts'
import type { Quantity } from './quantity.ts'
import { isoDuration, isoShare, type Unit, unitOf } from './units.ts'

type Found = {
  readonly value: string | null
  readonly unsure: Quantity['unsure']
  readonly from: number
  readonly to: number
}

const adverbs: { readonly [language in Locale]: readonly (readonly [RegExp, string | null])[] } = {
  en: [
    [/^hourly$/, 'PT1H'],
    [/^(daily|nightly)$/, 'P1D'],
    [/^weekly$/, 'P7D'],
    [/^fortnightly$/, 'P14D'],
    [/^monthly$/, 'P1M'],
    [/^quarterly$/, 'P3M'],
    [/^(yearly|annually|annual)$/, 'P1Y'],
    [/^(semiannual(ly)?|halfyearly)$/, 'P6M'],
    [/^bi(annual(ly)?|ennial(ly)?|monthly|weekly|yearly)$/, null],
  ],
  nb: [
    [/^daglig(e)?$/, 'P1D'],
    [/^nattlig(e)?$/, 'P1D'],
    [/^ukentlig(e)?$/, 'P7D'],
    [/^månedlig(e)?$/, 'P1M'],
    [/^kvartalsvis(e)?$/, 'P3M'],
    [/^halvårlig(e)?$|^halvårsvis(e)?$/, 'P6M'],
    [/^årlig(e)?$/, 'P1Y'],
  ],
}

/** How often, in a sentence: “quarterly”, “every six months”, “to ganger i året”, “annethvert år”. */
export function frequenciesIn(words: readonly Word[], language: Locale): Quantity[] {
  const taken = new Set<number>()
  return words.flatMap((_, at): Quantity[] => {
    if (taken.has(at)) return []
    const found = timesPer(words, at, language) ?? everySo(words, at, language) ?? adverb(words, at, language)
    if (found === null) return []
    for (let word = found.from; word < found.to; word++) taken.add(word)
    return [{ kind: 'frequency', ...found, deadline: false }]
  })
}

function adverb(words: readonly Word[], at: number, language: Locale): Found | null {
  const form = words[at]?.form ?? ''
  const before = words[at - 1]?.form ?? ''
  const known = adverbs[language].find(([pattern]) => pattern.test(form))
  if (known === undefined) return null
  const [, value] = known
  if (value === 'P1Y' && /^(semi|half)$/.test(before))
    return { value: 'P6M', unsure: null, from: at - 1, to: at + 1 }
  if (before === 'bi') return { value: null, unsure: 'ambiguous', from: at - 1, to: at + 1 }
  return { value, unsure: value === null ? 'ambiguous' : null, from: at, to: at + 1 }
}

/** “twice a year”, “three times per quarter”, “én gang i måneden”, “to ganger årlig”. */
function timesPer(words: readonly Word[], at: number, language: Locale): Found | null {
  const form = (offset: number) => words[at + offset]?.form ?? ''
  const known: { readonly [word: string]: number } = language === 'en' ? { once: 1, twice: 2, thrice: 3 } : {}
  let times = known[form(0)] ?? null
  let next = 1
  if (times === null) {
    const count = numberOf(form(0), language)
    if (count === null || count === 0 || !(language === 'en' ? /^times?$/ : /^gang(er)?$/).test(form(1)))
      return null
    times = count
    next = 2
  }
  const word = adverb(words, at + next, language)
  if (word?.value !== null && word !== null) return shared(times, unitOfIso(word.value), at, word.to)
  const links = language === 'en' ? /^(a|an|per|each|every|in)$/ : /^(i|per|pr|om|hver|hvert)$/
  if (!links.test(form(next))) return null
  if (/^(every|hver|hvert)$/.test(form(next)) && times === 1) {
    const every = everySo(words, at + next, language)
    return every === null ? null : { ...every, from: at }
  }
  const unit = unitOf(form(next + 1), language)
  return unit === null || unit === 'business-day' ? null : shared(times, unit, at, at + next + 2)
}

function shared(times: number, unit: Exclude<Unit, 'business-day'>, from: number, to: number): Found {
  const value = isoShare(times, unit)
  return { value, unsure: value === null ? 'not-whole' : null, from, to }
}

function unitOfIso(value: string): Exclude<Unit, 'business-day'> {
  const units: { readonly [iso: string]: Exclude<Unit, 'business-day'> } = {
    PT1H: 'hour',
    P1D: 'day',
    P7D: 'week',
    P1M: 'month',
    P3M: 'quarter',
    P6M: 'half-year',
  }
  return units[value] ?? 'year'
}

/** “every 90 days”, “each quarter”, “every other year”, “hver sjette måned”, “annethvert år”. */
function everySo(words: readonly Word[], at: number, language: Locale): Found | null {
  const form = (offset: number) => words[at + offset]?.form ?? ''
  if (language === 'nb' && /^(annethvert|annenhver)$/.test(form(0)))
    return every(2, unitOf(form(1), language), at, at + 2)
  if (!(language === 'en' ? /^(every|each)$/ : /^(hver|hvert)$/).test(form(0))) return null
  const direct = unitOf(form(1), language)
  if (direct !== null) return every(1, direct, at, at + 2)
  const count = numberOf(form(1), language) ?? ordinalOf(form(1), language)
  if (count === null) return null
  const second = numberOf(form(2), language)
  if (/^(to|til|or|eller)$/.test(form(2)) || second !== null) {
    if (second !== count) return { value: null, unsure: 'range', from: at, to: at + 4 }
    return every(count, unitOf(form(3), language), at, at + 4)
  }
  return every(count, unitOf(form(2), language), at, at + 3)
}

function every(count: number, unit: Unit | null, from: number, to: number): Found | null {
  if (unit === null) return null
  if (unit === 'business-day') return { value: null, unsure: 'business-days', from, to }
  return { value: isoDuration(count, unit), unsure: null, from, to }
}
