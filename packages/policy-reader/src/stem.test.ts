import { describe, expect, test } from 'vitest'
import { stemEnglish } from './stem-english.ts'
import { stemNorwegian } from './stem-norwegian.ts'

/** What the Snowball project's own stemmer for Norwegian gives. */
const norwegian =
  'aktivitet:aktivit ansettelsen:ansett arkiveres:arkiver avsluttes:avslutt behandler:behandl bekreft:bekreft ' +
  'brannmuren:brannmur brannmurene:brannmur brukes:bruk brukers:bruk databasene:databas datert:dater ' +
  'destrueres:destruer dokumentasjonen:dokumentasjon eieren:eier forbindelsene:forbind forhåndsvises:forhåndsvis ' +
  'fornyes:forny fullførte:fullført fødselsnumre:fødselsnumr gjenværende:gjenvær gjester:gjest håndtert:håndter ' +
  'ingen:ing kasseres:kasser klinikken:klinikk konsulenter:konsulent kontoret:kontor kundes:kund kvernes:kvern ' +
  'løpende:løp mens:men miljøregelverket:miljøregelverk målinger:måling nettverket:nettverk nivå:nivå ' +
  'offentlig:offent operativsystemene:operativsystem privilegert:privileger sensorene:sensor skriftlig:skrift ' +
  'sluttidspunktet:sluttidspunkt systemers:system tjenstlig:tjenst tillegs:til vakten:vakt være:vær åpent:åpent års:års'

describe('Norwegian', () => {
  test.each(norwegian.split(' ').map((pair) => pair.split(':')))('%s: %s', (word = '', stem) =>
    expect(stemNorwegian(word)).toBe(stem),
  )
})

describe('English', () => {
  test.each([
    [['review', 'reviews', 'reviewed', 'reviewing']],
    [['encrypt', 'encrypts', 'encrypted', 'encrypting']],
    [['restore', 'restores', 'restored', 'restoring']],
    [['policy', 'policies']],
    [['leave', 'leaves', 'leaving']],
    [['plan', 'plans', 'planned', 'planning']],
    [['access', 'accesses', 'accessed', 'accessing']],
    [['company', 'companies', "company's"]],
  ])('%s are one', (words) => expect(new Set(words.map(stemEnglish)).size).toBe(1))

  test.each([
    ['ups', 'up'],
    ['pass', 'pas'],
    ['thing', 'th'],
    ['need', 'ne'],
    ['status', 'statu'],
    ['used', 'us'],
  ])('%s is not %s', (word, other) => expect(stemEnglish(word)).not.toBe(other))
})
