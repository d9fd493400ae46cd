import { topicsBefore } from '../context.ts'
import type { Detector } from '../detector.ts'

const international = /(?<![\w+.])(?:\+|00)[1-9][\d ().-]{6,20}\d(?![\w])/g
const norwegian =
  /(?<![\w.,+-])(?:[2-9]\d \d\d \d\d \d\d|[49]\d\d \d\d \d\d\d|[2-9]\d{7})(?![\w]|[.,:-]\d| \d)/g

/** By ITU-T E.164: a plus sign or 00, the country, at most fifteen digits. */
export const internationalPhone: Detector = {
  id: 'phone-e164',
  kind: 'phone',
  title: { nb: 'Telefonnummer med landkode', en: 'Phone number with country code' },
  because: 'a plus sign and eight to fifteen digits; of Norway eight after the country’s code',
  when: { digits: 8 },
  patterns: [international],
  look(text, lower, context, seen) {
    for (const { 0: match, index } of text.matchAll(international)) {
      const plus = match.startsWith('+')
      const digits = match.replace(/\D/g, '').slice(plus ? 0 : 2)
      if (digits.length < 8 || digits.length > 15) continue
      const topics = topicsBefore(lower, index, context)
      const home = /^47[2-9]\d{7}$/.test(digits)
      if (!home && /^47/.test(digits)) continue
      if (!home && !topics.has('phone') && (!plus || digits.length < 10)) continue
      if (topics.has('other-number') && !topics.has('phone')) continue
      seen.found(index, index + match.length, home || topics.has('phone') ? 'high' : 'medium')
    }
  },
}

/** Eight digits, grouped as Norwegians write them or called a phone number. */
export const norwegianPhone: Detector = {
  id: 'phone-norwegian',
  kind: 'phone',
  title: { nb: 'Norsk telefonnummer', en: 'Norwegian phone number' },
  because: 'eight digits written 2-2-2-2 or 3-2-3, or called a phone number',
  when: { digits: 8 },
  patterns: [norwegian],
  look(text, lower, context, seen) {
    for (const { 0: match, index } of text.matchAll(norwegian)) {
      const topics = topicsBefore(lower, index, context)
      const said = topics.has('phone')
      const digits = match.replaceAll(' ', '')
      if (!said && (match === digits || isDate(digits) || topics.size > 0)) continue
      if (/^(\d)\1+$/.test(digits)) continue
      seen.found(index, index + match.length, said ? 'high' : 'medium')
    }
  },
}

/** 26 11 20 26 and 20 26 11 26 are days. */
function isDate(digits: string): boolean {
  return /^(?:[0-3]\d[01]\d(?:19|20)\d\d|(?:19|20)\d\d[01]\d[0-3]\d)$/.test(digits)
}
