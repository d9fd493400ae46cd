import type { Locale } from '@hevd/core'
import { stemEnglish } from './stem-english.ts'
import { stemNorwegian } from './stem-norwegian.ts'

/** A word of a sentence, as it is compared. */
export type Word = {
  /** As written. */
  readonly text: string
  /** In small letters and one spelling. */
  readonly form: string
  readonly stem: string
  /** Where it stands in the sentence, in UTF-16 units. */
  readonly start: number
  readonly end: number
  /** Number of its clause: commas, colons, brackets, dashes, “and” and “but” begin a new one. */
  readonly clause: number
}

const pattern = /24[/x]7|\d+(?:[.,]\d+)*|\p{L}[\p{L}\p{M}]*(?:['’]\p{L}+)*/gu
const joining = new Set(['and', 'but', 'while', 'og', 'men', 'mens'])

/** Words of a text. Hyphens part words, so that “SSH-nøkkel” is the same as “SSH nøkkel”. */
export function wordsOf(text: string, language: Locale): Word[] {
  let clause = 0
  let last = 0
  return [...text.matchAll(pattern)].map((match) => {
    const form = formOf(match[0], language)
    const start = match.index
    if (joining.has(form) || /[,;:()–—]|\s-\s/.test(text.slice(last, start))) clause += 1
    last = start + match[0].length
    return { text: match[0], form, stem: stemOf(form, language), start, end: last, clause }
  })
}

/** One spelling: small letters, British endings, straight apostrophes; “brannvegg” is “brannmur”. */
export function formOf(word: string, language: Locale): string {
  const small = word.toLowerCase().replaceAll('’', "'").replace('24/7', '24x7')
  if (language === 'nb') return small.replaceAll('é', 'e').replace('brannvegg', 'brannmur')
  return small
    .replace(/iz(?=e|i|a)/, 'is')
    .replace(/center/, 'centre')
    .replace(/programme/, 'program')
    .replace(/licence/, 'license')
    .replace(/defence/, 'defense')
}

export function stemOf(form: string, language: Locale): string {
  return language === 'nb' ? stemNorwegian(form) : stemEnglish(form)
}
