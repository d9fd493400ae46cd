import { topicsBefore } from '../context.ts'
import type { Detector } from '../detector.ts'
import { modulo11 } from './checksums.ts'

const weights = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]

/** Whether eleven digits are a Norwegian account number: the last one makes the weighted sum divisible by 11. */
export function isBankAccount(digits: string): boolean {
  return modulo11(digits, weights) === 0 && !/^(\d)\1+$/.test(digits) && !digits.startsWith('0000')
}

const number = /(?<![\w.+-])(?:\d{4}([. ])\d{2}\1\d{5}|\d{11})(?![\w]|[.,-]\d)/g

/** Nine digits are an organisation’s number, which is public: none of those. */
export const bankAccount: Detector = {
  id: 'bank-account',
  kind: 'bank-account',
  title: { nb: 'Kontonummer', en: 'Norwegian bank account number' },
  because: 'it is written 4.2.5 or called an account, and its control digit fits',
  when: { digits: 11 },
  patterns: [number],
  chance: 1 / 11,
  look(text, lower, context, seen) {
    for (const { 0: match, index } of text.matchAll(number)) {
      const digits = match.replace(/[. ]/g, '')
      const said = topicsBefore(lower, index, context).has('bank-account')
      const written = match !== digits
      if (!said && !written) continue
      seen.candidate()
      if (isBankAccount(digits)) seen.found(index, index + match.length, said ? 'high' : 'medium', !said)
    }
  },
}
