import { topicsBefore } from '../context.ts'
import type { Detector } from '../detector.ts'
import { luhn } from './checksums.ts'

/** Issuers by their first digits, as ranges of the same length, and how long their numbers are. */
const issuers: readonly {
  readonly name: string
  readonly from: string
  readonly to: string
  readonly lengths: readonly number[]
}[] = [
  { name: 'Visa', from: '4', to: '4', lengths: [13, 16, 19] },
  { name: 'Mastercard', from: '51', to: '55', lengths: [16] },
  { name: 'Mastercard', from: '2221', to: '2720', lengths: [16] },
  { name: 'American Express', from: '34', to: '34', lengths: [15] },
  { name: 'American Express', from: '37', to: '37', lengths: [15] },
  { name: 'Diners Club', from: '300', to: '305', lengths: [14, 16, 19] },
  { name: 'Diners Club', from: '36', to: '36', lengths: [14, 16, 19] },
  { name: 'Diners Club', from: '38', to: '39', lengths: [14, 16, 19] },
  { name: 'Discover', from: '6011', to: '6011', lengths: [16, 19] },
  { name: 'Discover', from: '644', to: '659', lengths: [16, 19] },
  { name: 'JCB', from: '3528', to: '3589', lengths: [16, 19] },
  { name: 'UnionPay', from: '62', to: '62', lengths: [16, 17, 18, 19] },
  { name: 'Dankort', from: '5019', to: '5019', lengths: [16] },
  { name: 'Maestro', from: '5018', to: '5018', lengths: [12, 13, 14, 15, 16, 17, 18, 19] },
  { name: 'Maestro', from: '5020', to: '5020', lengths: [12, 13, 14, 15, 16, 17, 18, 19] },
  { name: 'Maestro', from: '5038', to: '5038', lengths: [12, 13, 14, 15, 16, 17, 18, 19] },
  { name: 'Maestro', from: '6304', to: '6304', lengths: [12, 13, 14, 15, 16, 17, 18, 19] },
  { name: 'Maestro', from: '6759', to: '6763', lengths: [12, 13, 14, 15, 16, 17, 18, 19] },
]

/** Who would have issued a number of these digits; null where nobody would. */
export function issuerOf(digits: string): string | null {
  const found = issuers.find(({ from, to, lengths }) => {
    const first = digits.slice(0, from.length)
    return first >= from && first <= to && lengths.includes(digits.length)
  })
  return found?.name ?? null
}

const number =
  /(?<![\w.+-])(?:\d{12,19}|\d{4}([ -])\d{4}\1\d{4}\1\d{1,7}|\d{4}([ -])\d{6}\2\d{4,5})(?![\w]|[.,-]\d)/g

/** The number on a payment card (ISO/IEC 7812): issuer, length and Luhn’s digit fit. */
export const cardNumber: Detector = {
  id: 'card-number',
  kind: 'card',
  title: { nb: 'Kortnummer', en: 'Card number' },
  because: 'length and first digits are an issuer’s, and Luhn’s control digit fits',
  when: { digits: 12 },
  patterns: [number],
  chance: 0.1,
  look(text, lower, context, seen) {
    for (const { 0: match, index } of text.matchAll(number)) {
      const digits = match.replace(/[ -]/g, '')
      if (issuerOf(digits) === null || /^(\d)\1{6}/.test(digits)) continue
      const topics = topicsBefore(lower, index, context)
      if (topics.has('other-number') && !topics.has('card')) continue
      const said = topics.has('card') || match !== digits
      // Thirteen digits are nearly always an article's number, and cards as short are hardly issued any more.
      if (digits.length < 14 && !said) continue
      seen.candidate()
      if (!luhn(digits)) continue
      seen.found(index, index + match.length, said ? 'high' : 'medium', !said)
    }
  },
}
