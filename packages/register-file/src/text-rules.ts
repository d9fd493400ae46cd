import { type Bilingual, type CalendarDate, isCalendarDate } from '@hevd/core'

const earliest: CalendarDate = '1900-01-01'
const latest: CalendarDate = '2199-12-31'

export function wrongDate(date: CalendarDate): Bilingual | null {
  if (isCalendarDate(date) && date >= earliest && date <= latest) return null
  return {
    nb: 'Datoen finnes ikke i kalenderen mellom 1900 og 2199. Skriv den som ÅÅÅÅ-MM-DD eller dd.mm.åååå.',
    en: 'There is no such date between 1900 and 2199. Write it as YYYY-MM-DD or dd.mm.yyyy.',
  }
}

/** Control and direction characters, halves of characters, and what a spreadsheet would run as a formula. */
export function wrongText(text: string): Bilingual | null {
  if (!text.isWellFormed() || /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffd]/u.test(text))
    return {
      nb: 'Teksten har tegn som ikke kan vises. Skriv den på nytt.',
      en: 'The text has characters that cannot be shown. Type it again.',
    }
  if (/^[=+\-@]/.test(text))
    return {
      nb: 'Teksten begynner som en formel i et regneark (=, +, -, @). Fjern det første tegnet.',
      en: 'The text begins like a formula of a spreadsheet (=, +, -, @). Remove the first character.',
    }
  return null
}
