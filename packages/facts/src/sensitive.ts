import type { Bilingual, Locale } from '@hevd/core'

/** What a find in data is called, one and several; see @hevd/scan. Nothing else is imported, so that the console can use it. */
export const sensitiveWords = {
  secret: { nb: 'hemmeligheter', en: 'secrets' },
  card: { nb: 'kortnumre', en: 'card numbers' },
  'national-id': { nb: 'fødselsnumre', en: 'national identity numbers' },
  'bank-account': { nb: 'kontonumre', en: 'bank account numbers' },
  iban: { nb: 'IBAN-numre', en: 'IBANs' },
  email: { nb: 'e-postadresser', en: 'e-mail addresses' },
  phone: { nb: 'telefonnumre', en: 'phone numbers' },
} as const satisfies { readonly [kind: string]: Bilingual }
export type SensitiveKind = keyof typeof sensitiveWords

export const sensitiveKinds: readonly [SensitiveKind, ...SensitiveKind[]] = [
  'secret',
  'card',
  'national-id',
  'bank-account',
  'iban',
  'email',
  'phone',
]

/** Why something could not be looked at, by its code; what comes after the code and a space is the detail. */
const gapWords = {
  'no-select': { nb: () => 'rollen kan ikke lese den', en: () => 'the role may not read it' },
  'no-usage': {
    nb: () => 'rollen har ikke USAGE på skjemaet',
    en: () => 'the role has no USAGE on the schema',
  },
  'row-security': {
    nb: () => 'radsikkerhet skjuler rader for rollen, som trenger BYPASSRLS',
    en: () => 'row security hides rows from the role, which needs BYPASSRLS',
  },
  'foreign-table': {
    nb: () => 'ligger på en annen tjener; gjennomsøk den',
    en: () => 'it lies on another server: scan that one',
  },
  'other-database': {
    nb: () => 'adressen nevner en annen database',
    en: () => 'the address names another database',
  },
  'large-objects': {
    nb: (count: string) => `${count} store objekter er ikke sett på`,
    en: (count: string) => `${count} large objects were not looked at`,
  },
  'long-values': {
    nb: (count: string) => `${count} verdier er lengre enn 1 MiB; resten av dem er ikke sett på`,
    en: (count: string) => `${count} values are longer than 1 MiB; the rest of them was not looked at`,
  },
  'no-key': {
    nb: (count: string) =>
      `mangler en heltallsnøkkel å trekke etter; bare de første ${count} radene er sett på`,
    en: (count: string) =>
      `it has no key of whole numbers to draw by; only its first ${count} rows were looked at`,
  },
  'unpacked-part': {
    nb: (size: string) => `bare de første ${size} MiB utpakket er sett på`,
    en: (size: string) => `only its first ${size} MiB unpacked were looked at`,
  },
  'many-files': {
    nb: (count: string) => `har flere enn ${count} filer`,
    en: (count: string) => `it has more than ${count} files`,
  },
  'old-server': {
    nb: () => 'er eldre enn PostgreSQL 14',
    en: () => 'it is older than PostgreSQL 14',
  },
  stopped: { nb: () => 'stanset før slutten', en: () => 'stopped before its end' },
  gone: { nb: () => 'finnes ikke lenger', en: () => 'it is gone' },
  failed: { nb: (error: string) => `feilet: ${error}`, en: (error: string) => `failed: ${error}` },
} as const satisfies { readonly [code: string]: { readonly [L in Locale]: (detail: string) => string } }
export type GapCode = keyof typeof gapWords
/** A code, or a code and its detail. */
export type GapWhy = GapCode | `${GapCode} ${string}`

/** What was not looked at and why, in words; a code that is not known stands as it is. */
export function gapInWords(
  { what, why }: { readonly what: string; readonly why: string },
  locale: Locale,
): string {
  const [, code = '', detail = ''] = /^(\S+) ?(.*)$/s.exec(why) ?? []
  const known = Object.entries(gapWords).find(([name]) => name === code)
  return `${what}: ${known === undefined ? why : known[1][locale](detail)}`
}
