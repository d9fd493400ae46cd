import { expect, test } from 'vitest'
import { worded } from './catalogue.ts'
import { telling } from './telling.ts'
import { locales } from './wording.ts'

const titles = {
  sources: new Map([['h1/passwords', { nb: 'Passordenes tilstand', en: 'State of passwords' }]]),
  factTypes: { volume: { nb: 'Lagringsvolum', en: 'Volume' } },
}
const said = (code: string, params: Parameters<typeof worded>[1]['params']) =>
  locales.map((locale) => worded({}, { code, params }, locale, telling(locale, 'Europe/Oslo', titles)))

test('a source goes by its title, and a moment as the reader writes it, in the organisation’s zone', () => {
  expect(said('unseen-silent', { feed: 'h1/passwords', since: Date.UTC(2026, 10, 25, 23, 5) })).toEqual([
    'Kilden «Passordenes tilstand» har vært taus siden 26. november 2026 kl. 00:05.',
    'The source “State of passwords” has been silent since 26 November 2026 at 00:05.',
  ])
})

test('a source without a title goes by its own name, without its host’s', () => {
  expect(said('unseen-failed', { feed: 'h1/sudo', error: 'EACCES' })).toEqual([
    'Kilden «sudo» kunne ikke lese dette: EACCES',
    'The source “sudo” could not read this: EACCES',
  ])
})

test('a fact type goes by its title', () => {
  expect(said('unseen-never-connected', { type: 'volume' })).toEqual([
    'Ingen kilde har meldt fra om dette ennå: «Lagringsvolum».',
    'No source has reported on this yet: “Volume”.',
  ])
})

test('a date is the same in every zone', () => {
  const dates = ['Pacific/Kiritimati', 'Pacific/Pago_Pago'].map((zone) =>
    telling('nb', zone, titles).date('2026-11-26'),
  )
  expect(dates).toEqual(['26. november 2026', '26. november 2026'])
})
