import type { Bilingual, Wording } from '@hevd/core'
import type { Answerable } from '@hevd/http'

type Worded = { readonly status: number } & Wording<{ readonly [name: string]: string }>

/** What can be wrong with a log. The table in README.md lists the same codes. */
export const ledgerErrors = {
  'database-older': {
    status: 503,
    nb: ({ log, database, kept }) =>
      `Databasen er eldre enn loggen: ${log} har ${database} oppføringer i databasen, men et signert sjekkpunkt over ${kept} finnes utenfor den. Gjenopprett en nyere kopi; inntil da skrives ingenting.`,
    en: ({ log, database, kept }) =>
      `The database is older than the log: ${log} has ${database} entries in the database, but a signed checkpoint over ${kept} is kept outside it. Restore a newer copy; until then nothing is written.`,
  },
  'history-rewritten': {
    status: 503,
    nb: ({ log, size }) =>
      `Loggen ${log} er skrevet om: roten ved ${size} oppføringer er en annen enn den som er signert. Ingenting skrives før dette er undersøkt.`,
    en: ({ log, size }) =>
      `The log ${log} was rewritten: its root at ${size} entries is not the one that was signed. Nothing is written until this has been looked into.`,
  },
  'key-missing': {
    status: 503,
    nb: ({ path }) =>
      `Loggnøkkelen ${path} mangler, men loggen finnes. Legg nøkkelen tilbake fra oppbevaringen; en ny nøkkel ville vært en ny logg.`,
    en: ({ path }) =>
      `The log key ${path} is missing although the log exists. Put it back from custody; a new key would be a new log.`,
  },
  'key-open-to-others': {
    status: 503,
    nb: ({ path }) => `${path} kan leses av andre enn eieren. Kjør «chmod 600 ${path}».`,
    en: ({ path }) => `${path} can be read by others than its owner. Run “chmod 600 ${path}”.`,
  },
  'no-such-log': {
    status: 404,
    nb: ({ log }) => `Loggen ${log} finnes ikke. Det er to: internal og public.`,
    en: ({ log }) => `There is no log ${log}. There are two: internal and public.`,
  },
  'no-such-entry': {
    status: 404,
    nb: ({ index }) => `Loggen har ingen oppføring ${index} ennå.`,
    en: ({ index }) => `The log has no entry ${index} yet.`,
  },
  'no-such-tile': {
    status: 404,
    nb: () => 'Flisen finnes ikke, eller er ikke skrevet ennå.',
    en: () => 'There is no such tile, or it is not written yet.',
  },
} as const satisfies Record<string, Worded>
export type LedgerErrorCode = keyof typeof ledgerErrors

export class LedgerError extends Error implements Answerable {
  readonly status: number
  readonly code: LedgerErrorCode
  readonly words: Bilingual

  constructor(code: LedgerErrorCode, params: { readonly [name: string]: string } = {}) {
    const worded: Worded = ledgerErrors[code]
    super(worded.en(params))
    this.name = 'LedgerError'
    this.status = worded.status
    this.code = code
    this.words = { nb: worded.nb(params), en: worded.en(params) }
  }
}
