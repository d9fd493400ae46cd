import { topicsBefore } from '../context.ts'
import type { Confidence, Detector, Seen } from '../detector.ts'
import { modulo11 } from './checksums.ts'

const firstWeights = [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]
const secondWeights = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]

/** What an eleven-digit number is by its date and last control digit, and what its first control sum leaves. */
export type NationalId = {
  /** `d-number` for people without a permanent number: four is added to the first digit. */
  readonly type: 'birth-number' | 'd-number'
  /** Of Skatteetaten’s made population (80 is added to the month) or of the health sector’s (40): nobody’s. */
  readonly synthetic: boolean
  /** 0 for a number issued until 2031; 0, 1, 2 or 3 for one issued from 1 January 2032. */
  readonly rest: number
}

/**
 * Norwegian national identity number: DDMMYY, three digits, two control digits; null where the date or the second control
 * digit does not fit. Today both weighted sums are divisible by 11. Of a number issued from 2032 on the first sum may leave
 * 0, 1, 2 or 3, and the individual number tells no century any more (Skatteetaten, “Nytt fødselsnummer 2032”), so that
 * 29 February is taken where either century has it.
 */
export function nationalIdOf(digits: string): NationalId | null {
  if (modulo11(digits, secondWeights) !== 0) return null
  const [day, month, year] = [
    Number(digits.slice(0, 2)),
    Number(digits.slice(2, 4)),
    Number(digits.slice(4, 6)),
  ]
  const isD = day > 40
  const added = month > 80 ? 80 : month > 40 ? 40 : 0
  if (!isDate(isD ? day - 40 : day, month - added, year)) return null
  return {
    type: isD ? 'd-number' : 'birth-number',
    synthetic: added > 0,
    rest: modulo11(digits, firstWeights),
  }
}

function isDate(day: number, month: number, year: number): boolean {
  const longest = [31, year % 4 === 0 ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  return longest !== undefined && day >= 1 && day <= longest
}

const number = /(?<![\w.+-])\d{6}[ -]?\d{5}(?![\w]|[.,-]\d)/g
/** A number that lost its leading zero in a column of numbers. */
const short = /^\d{10}$/

type Declaration = Pick<Detector, 'id' | 'title' | 'because' | 'chance'> & {
  /** Whether a number of this form is asked its first control digit by this detector. */
  readonly isForm: (id: NationalId, said: boolean) => boolean
  readonly fits: (rest: number) => boolean
  readonly confidence: (said: boolean) => { readonly is: Confidence; readonly weak: boolean }
}

/**
 * Looks at every number of the form. A candidate has a date and fits the second control digit, since every account number
 * fits that: what is left to chance is the first one, for numbers of any kind.
 */
function declared({ isForm, fits, confidence, ...about }: Declaration): Detector {
  const ask = (digits: string, said: boolean, start: number, end: number, seen: Seen) => {
    const id = nationalIdOf(digits)
    if (id === null || !isForm(id, said)) return
    seen.candidate()
    const { is, weak } = confidence(said)
    if (fits(id.rest)) seen.found(start, end, is, weak)
  }
  return {
    ...about,
    kind: 'national-id',
    when: { digits: 10 },
    patterns: [number, short],
    look(text, lower, context, seen) {
      if (context.numeric && short.test(text)) {
        ask(`0${text}`, context.topics.has('national-id'), 0, text.length, seen)
        return
      }
      for (const { 0: match, index } of text.matchAll(number)) {
        const topics = topicsBefore(lower, index, context)
        const said = topics.has('national-id')
        if (!said && (topics.has('other-number') || topics.has('bank-account'))) continue
        ask(match.replace(/[ -]/, ''), said, index, index + match.length, seen)
      }
    },
  }
}

const byChance = 1 / 11
const unlessSaid = (said: boolean) => ({ is: said ? 'high' : 'medium', weak: !said }) as const

export const birthNumber = declared({
  id: 'birth-number',
  title: { nb: 'Fødselsnummer', en: 'Norwegian birth number' },
  because: 'it begins with a date, and both control digits fit',
  chance: byChance,
  isForm: ({ type, synthetic }) => type === 'birth-number' && !synthetic,
  fits: (rest) => rest === 0,
  confidence: unlessSaid,
})

export const dNumber = declared({
  id: 'd-number',
  title: { nb: 'D-nummer', en: 'Norwegian D number' },
  because: 'it begins with a date whose first digit has four added, and both control digits fit',
  chance: byChance,
  isForm: ({ type, synthetic }) => type === 'd-number' && !synthetic,
  fits: (rest) => rest === 0,
  confidence: unlessSaid,
})

/** Until 2032 nobody has one; without a word beside it, such digits are something else. */
export const birthNumberFrom2032 = declared({
  id: 'birth-number-2032',
  title: { nb: 'Fødselsnummer etter reglene fra 2032', en: 'Norwegian birth number by the rules from 2032' },
  because: 'it is called one, begins with a date, and fits the wider control of numbers issued from 2032 on',
  chance: byChance * 3,
  isForm: ({ synthetic }, said) => said && !synthetic,
  fits: (rest) => rest > 0 && rest <= 3,
  confidence: () => ({ is: 'medium', weak: false }),
})

/** Made people’s numbers say nothing of anybody: shown, never judged by. */
export const syntheticNumber = declared({
  id: 'synthetic-number',
  title: { nb: 'Syntetisk fødselsnummer', en: 'Synthetic Norwegian birth number' },
  because: 'both control digits fit, and 40 or 80 is added to the month, as of made people alone',
  chance: byChance,
  isForm: ({ synthetic }) => synthetic,
  fits: (rest) => rest === 0,
  confidence: () => ({ is: 'low', weak: false }),
})
