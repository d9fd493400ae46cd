import type { Locale } from '@hevd/core'
import { describe, expect, test } from 'vitest'
import { wordsOf } from '../words.ts'
import { durationsIn } from './durations.ts'
import { frequenciesIn } from './frequencies.ts'
import { percentagesIn } from './numbers.ts'
import type { Quantity } from './quantity.ts'
import { versionsIn } from './versions.ts'

/** The one quantity of a text: its value, or why it has none. */
function only(found: readonly Quantity[]): string | number | null | undefined {
  expect(found.length).toBeLessThanOrEqual(1)
  const [quantity] = found
  return quantity === undefined ? undefined : (quantity.value ?? quantity.unsure)
}

const duration = (text: string, language: Locale) =>
  only(durationsIn(text, wordsOf(text, language), language))
const frequency = (text: string, language: Locale) => only(frequenciesIn(wordsOf(text, language), language))
const version = (text: string) => only(versionsIn(text, wordsOf(text, 'en')))

describe('a length of time', () => {
  test.each([
    ['within 30 days', 'P30D'],
    ['within thirty days', 'P30D'],
    ['within thirty (30) days', 'P30D'],
    ['no later than four hours after', 'PT4H'],
    ['within the first three weeks', 'P21D'],
    ['in a 72-hour window', 'PT72H'],
    ['within one month', 'P1M'],
    ['within a month of joining', 'P1M'],
    ['after a quarter of an hour', 'PT15M'],
    ['within half an hour', 'PT30M'],
    ['in less than 15 mins', 'PT15M'],
    ['within a fortnight', 'P14D'],
    ['within 3 business days', 'business-days'],
    ['within two working days', 'business-days'],
    ['within 24 to 48 hours', 'range'],
    ['within 30–60 days', 'range'],
    ['within 7-14 days', 'range'],
    ['within twenty-one days', 'ambiguous'],
    ['within 1.5 hours', undefined],
    ['within a day', 'P1D'],
    ['five hours a day', 'PT5H'],
    ['these days', undefined],
    ['24 engineers', undefined],
  ])('%s', (text, said) => expect(duration(text, 'en')).toBe(said))

  test.each([
    ['innen 24 timer', 'PT24H'],
    ['innen tjuefire timer', 'PT24H'],
    ['innen ett døgn', 'P1D'],
    ['i løpet av de første tre ukene', 'P21D'],
    ['senest 30 dager før', 'P30D'],
    ['innen én måned', 'P1M'],
    ['innen en uke', 'P7D'],
    ['etter et kvarter', 'PT15M'],
    ['innen en halvtime', 'PT30M'],
    ['innen to virkedager', 'business-days'],
    ['innen fem arbeidsdager', 'business-days'],
    ['innen 24 til 48 timer', 'range'],
    ['innen 3-5 dager', 'range'],
    ['i to år', 'P2Y'],
    ['hele dagen', undefined],
  ])('%s', (text, said) => expect(duration(text, 'nb')).toBe(said))

  test.each([
    ['within 30 days', true],
    ['no later than 30 days', true],
    ['in at most 30 days', false],
    ['kept for 30 days', false],
    ['after 30 days', false],
  ])('%s is a deadline: %s', (text, deadline) => {
    expect(durationsIn(text, wordsOf(text, 'en'), 'en')).toMatchObject([{ deadline }])
  })
})

describe('how often', () => {
  test.each([
    ['at least annually', 'P1Y'],
    ['an annual test', 'P1Y'],
    ['once a year', 'P1Y'],
    ['once every two years', 'P2Y'],
    ['every other year', 'P2Y'],
    ['twice a year', 'P6M'],
    ['twice annually', 'P6M'],
    ['three times a year', 'P4M'],
    ['four times per year', 'P3M'],
    ['every 90 days', 'P90D'],
    ['every six months', 'P6M'],
    ['every twelve (12) months', 'P12M'],
    ['each quarter', 'P3M'],
    ['semi-annually', 'P6M'],
    ['half-yearly', 'P6M'],
    ['every night', 'P1D'],
    ['biannually', 'ambiguous'],
    ['bi-weekly', 'ambiguous'],
    ['twice a month', 'not-whole'],
    ['five times a year', 'not-whole'],
    ['every two to three years', 'range'],
    ['every working day', undefined],
    ['every employee', undefined],
    ['five hours per year', undefined],
    ['in every spring', undefined],
  ])('%s', (text, said) => expect(frequency(text, 'en')).toBe(said))

  test.each([
    ['minst årlig', 'P1Y'],
    ['én gang i året', 'P1Y'],
    ['minst en gang per år', 'P1Y'],
    ['to ganger i året', 'P6M'],
    ['to ganger årlig', 'P6M'],
    ['annethvert år', 'P2Y'],
    ['hvert annet år', 'P2Y'],
    ['hvert tredje år', 'P3Y'],
    ['hver sjette måned', 'P6M'],
    ['hver tolvte måned', 'P12M'],
    ['hvert kvartal', 'P3M'],
    ['kvartalsvis', 'P3M'],
    ['hvert halvår', 'P6M'],
    ['halvårlig', 'P6M'],
    ['hver 90. dag', 'P90D'],
    ['en gang i måneden', 'P1M'],
    ['ukentlig', 'P7D'],
    ['to ganger i måneden', 'not-whole'],
    ['hvert andre til tredje år', 'range'],
    ['hver ansatt', undefined],
    ['årsrapporten', undefined],
  ])('%s', (text, said) => expect(frequency(text, 'nb')).toBe(said))
})

test.each([
  ['TLS 1.2 or newer', 'TLSv1.2'],
  ['TLS 1.2+', 'TLSv1.2'],
  ['TLS v1.2 and above', 'TLSv1.2'],
  ['TLSv1.3 eller nyere', 'TLSv1.3'],
  ['at least TLS 1.2', 'TLSv1.2'],
  ['minst TLS 1.2', 'TLSv1.2'],
  ['TLS 1.2 and 1.3', 'TLSv1.2'],
  ['TLS 1.2/1.3', 'TLSv1.2'],
  ['versions older than TLS 1.2 are refused', 'TLSv1.2'],
  ['TLS 1.0 and 1.1 are disabled', 'bare-version'],
  ['TLS 1.2', 'bare-version'],
  ['with TLS', undefined],
])('the lowest version of %s', (text, said) => expect(version(text)).toBe(said))

test.each([
  ['at least 95 % of data', 95],
  ['minst 99 prosent', 99],
  ['80 per cent', 80],
  ['95 customers', undefined],
])('the share in %s', (text, said) => expect(only(percentagesIn(text, wordsOf(text, 'nb')))).toBe(said))
