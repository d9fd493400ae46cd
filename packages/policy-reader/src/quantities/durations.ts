import type { Locale } from '@hevd/core'
import type { Word } from '../words.ts'
import { numberOf } from './number-words.ts'
import type { Quantity } from './quantity.ts'
import { isoDuration, unitOf } from './units.ts'

const businesslike = /^(business|working|bank)$/
const rangeBetween = /^\s*[-–—]\s*$/
const rangeWords = new Set(['to', 'or', 'til', 'eller'])

/** Lengths of time in a sentence: “30 days”, “innen de første tre ukene”, “half an hour”. */
export function durationsIn(text: string, words: readonly Word[], language: Locale): Quantity[] {
  return words.flatMap((word, at): Quantity[] => {
    const special = language === 'en' ? englishParts(words, at) : norwegianParts(words, at)
    if (special !== null) return [made(special.value, null, special.from, special.to, words, language)]
    const unit = unitOf(word.form, language)
    if (unit === null) return []
    const named = businesslike.test(words[at - 1]?.form ?? '') ? 2 : 1
    const number = words[at - named]
    const count = number === undefined ? null : numberOf(number.form, language)
    if (number === undefined || count === null) return []
    const from = at - named
    if (
      language === 'en' &&
      /^(a|an)$/.test(number.form) &&
      words[at + 1]?.form !== 'of' &&
      !isDeadline(words, from, language)
    )
      return []
    if (isPartOfTens(words, from)) return [made(null, 'ambiguous', from, at + 1, words, language)]
    if (unit === 'business-day' || named === 2)
      return [made(null, 'business-days', from, at + 1, words, language)]
    if (
      isRange(text, words, from, language) ||
      /[.,]$/.test(text.slice(0, number.start).match(/\d[.,]$/)?.[0] ?? '')
    )
      return [made(null, 'range', from, at + 1, words, language)]
    return [made(isoDuration(count, unit), null, from, at + 1, words, language)]
  })
}

function made(
  value: string | null,
  unsure: Quantity['unsure'],
  from: number,
  to: number,
  words: readonly Word[],
  language: Locale,
): Quantity {
  return { kind: 'duration', value, unsure, deadline: isDeadline(words, from, language), from, to }
}

/** “twenty-one days” comes as two words. */
function isPartOfTens(words: readonly Word[], from: number): boolean {
  return (
    /^(twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred)$/.test(words[from - 1]?.form ?? '') &&
    !/^\d/.test(words[from]?.form ?? '')
  )
}

function isRange(text: string, words: readonly Word[], from: number, language: Locale): boolean {
  const [number, before, twoBefore] = [words[from], words[from - 1], words[from - 2]]
  if (number === undefined || before === undefined) return false
  if (numberOf(before.form, language) !== null && rangeBetween.test(text.slice(before.end, number.start)))
    return true
  if (!rangeWords.has(before.form) || twoBefore === undefined) return false
  return numberOf(twoBefore.form, language) !== null || unitOf(twoBefore.form, language) !== null
}

type Part = { readonly value: string; readonly from: number; readonly to: number }

function englishParts(words: readonly Word[], at: number): Part | null {
  const form = (offset: number) => words[at + offset]?.form
  if (form(0) === 'half' && form(1) === 'an' && form(2) === 'hour')
    return { value: 'PT30M', from: at, to: at + 3 }
  if (form(0) === 'quarter' && form(1) === 'of' && form(2) === 'an' && form(3) === 'hour')
    return { value: 'PT15M', from: form(-1) === 'a' ? at - 1 : at, to: at + 4 }
  if (form(0) === 'fortnight' && form(-1) === 'a') return { value: 'P14D', from: at - 1, to: at + 1 }
  return null
}

function norwegianParts(words: readonly Word[], at: number): Part | null {
  const form = (offset: number) => words[at + offset]?.form ?? ''
  if (/^halvtime(n)?$/.test(form(0))) return { value: 'PT30M', from: at, to: at + 1 }
  if (form(0) === 'halv' && form(1) === 'time') return { value: 'PT30M', from: at, to: at + 2 }
  if (/^kvarter(et)?$/.test(form(0)) && /^(et|ett)$/.test(form(-1)))
    return { value: 'PT15M', from: at - 1, to: at + 1 }
  return null
}

const fillers = {
  en: new Set([
    'at',
    'most',
    'the',
    'first',
    'their',
    'a',
    'maximum',
    'of',
    'than',
    'following',
    'next',
    'thirty',
    'fourteen',
    'sixty',
    'ninety',
    'seven',
    'ten',
    'seventy',
    'two',
  ]),
  nb: new Set([
    'de',
    'den',
    'første',
    'av',
    'enn',
    'senest',
    'innen',
    'maks',
    'maksimalt',
    'løpet',
    'en',
    'et',
    'påfølgende',
  ]),
}
const opening = {
  en: /^(within|inside|under|maximum|less|latest)$|^later$/,
  nb: /^(innen|senest|løpet|maks|maksimalt|høyst|inntil|innenfor)$/,
}

/** Whether a word before `from` makes it a deadline. Spelled-out twins of figures, “thirty (30) days”, are passed over. */
function isDeadline(words: readonly Word[], from: number, language: Locale): boolean {
  for (let at = from - 1; at >= Math.max(0, from - 5); at--) {
    const form = words[at]?.form ?? ''
    if (opening[language].test(form)) return form !== 'later' || /^(no|not)$/.test(words[at - 1]?.form ?? '')
    if (!fillers[language].has(form)) return false
  }
  return false
}
