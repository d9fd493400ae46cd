import type { Locale } from '@hevd/core'
import { durationInWords } from './time.ts'
import { listedWords, numeral } from './words.ts'

/** A parameter's value as the reader says it; empty for a list with nothing in it. @param type as `control.yaml` types it */
export function parameterInWords(type: string, value: unknown, locale: Locale): string {
  if (type === 'duration' && typeof value === 'string') return durationInWords(value, locale)
  if (typeof value === 'number') return numeral(value, locale)
  if (Array.isArray(value)) return listedWords(value.map(String), locale)
  return typeof value === 'string' ? value : JSON.stringify(value)
}
