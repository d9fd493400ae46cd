import type { Bilingual, Wording } from '@hevd/core'
import type { Answerable } from '@hevd/http'

type Worded = { readonly status: number } & Wording<{ readonly [name: string]: string }>

/** What can be wrong with a log. The table in README.md lists the same codes. */
export const ledgerErrors = {
  'database-older': {
    status: 503,
    nb: ({ log, database, kept }) =>
      `Databasen er eldre enn loggen: ${log} har ${database} oppføringer i databasen, men et signert sjekkpunkt over ${kept} er tatt vare på utenfor den. Gjenopprett en nyere kopi; inntil da skrives ingenting.`,
    en: ({ log, database, kept }) =>
      `The database is older than the log: ${log} has ${database} entries in the database, but a signed checkpoint over ${kept} is kept outside it. Restore a newer copy; until then nothing is written.`,
  },
  'history-rewritten': {
    status: 503,
    nb: ({ log, size }) =>
      `Loggen ${log} er skrevet om: roten ved ${size} oppføringer er en annen enn den som er signert. Finn den første gale oppføringen med «hevd ledger verify»; ingenting skrives før dette er undersøkt.`,
    en: ({ log, size }) =>
      `The log ${log} was rewritten: its root at ${size} entries is not the one that was signed. Find the first wrong entry with “hevd ledger verify”; nothing is written until this has been looked into.`,
  },
  'key-missing': {
    status: 503,
    nb: ({ path }) =>
      `Loggnøkkelen ${path} mangler, men loggen finnes. Legg nøkkelen tilbake fra oppbevaringen; en ny nøkkel ville vært en ny logg.`,
    en: ({ path }) =>
      `The log key ${path} is missing although the log exists. Put it back from custody; a new key would be a new log.`,
  },
  'key-differs': {
    status: 503,
    nb: ({ path, log }) =>
      `${path} er ikke nøkkelen som loggen ${log} er signert med. Legg den riktige tilbake fra oppbevaringen; deler flere tjenere en logg, har alle samme nøkkel.`,
    en: ({ path, log }) =>
      `${path} is not the key that the log ${log} is signed with. Put the right one back from custody; servers that share a log all have the same key.`,
  },
  'key-open-to-others': {
    status: 503,
    nb: ({ path }) => `${path} kan leses av andre enn eieren. Kjør «chmod 600 ${path}».`,
    en: ({ path }) => `${path} can be read by others than its owner. Run “chmod 600 ${path}”.`,
  },
  'kept-checkpoint-wrong': {
    status: 503,
    nb: ({ path, reason }) =>
      `Sjekkpunktet i ${path} er ikke signert av denne loggen: ${reason} Hent filen tilbake fra sikkerhetskopi; inntil da skrives ingenting.`,
    en: ({ path, reason }) =>
      `The checkpoint in ${path} is not one that this log signed: ${reason} Restore the file from a backup; until then nothing is written.`,
  },
  'checkpoint-not-kept': {
    status: 503,
    nb: ({ path, reason }) =>
      `Det er ikke plass til, eller ikke lov til, å skrive sjekkpunktet ${path}: ${reason}. Ingenting bekreftes før det går igjen; frigjør plass eller gi tilgang.`,
    en: ({ path, reason }) =>
      `The checkpoint ${path} cannot be written: ${reason}. Nothing is acknowledged until it can be; make room or grant access.`,
  },
  'log-not-open': {
    status: 503,
    nb: ({ log }) => `Loggen ${log} er ikke åpnet på denne tjeneren. Start tjeneren på nytt.`,
    en: ({ log }) => `The log ${log} has not been opened on this server. Restart the server.`,
  },
  'entry-too-large': {
    status: 413,
    nb: ({ kind, bytes }) =>
      `En oppføring av typen «${kind}» er på ${bytes} byte; en loggoppføring kan ikke være over 65 535. Del den opp.`,
    en: ({ kind, bytes }) =>
      `An entry of kind “${kind}” has ${bytes} bytes; a log entry has at most 65,535. Split it.`,
  },
  'no-such-log': {
    status: 404,
    nb: ({ log }) => `Loggen ${log} finnes ikke. Det er to: internal og public.`,
    en: ({ log }) => `There is no log ${log}. There are two: internal and public.`,
  },
  'no-such-entry': {
    status: 404,
    nb: ({ index }) => `Ingen signert oppføring har nummer ${index} ennå.`,
    en: ({ index }) => `No signed entry has the number ${index} yet.`,
  },
  'no-checkpoint': {
    status: 404,
    nb: () => 'Loggen er tom og har ikke noe sjekkpunkt ennå.',
    en: () => 'The log is empty and has no checkpoint yet.',
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

  constructor(code: LedgerErrorCode, params: { readonly [name: string]: string } = {}, cause?: unknown) {
    const worded: Worded = ledgerErrors[code]
    super(worded.en(params), cause === undefined ? undefined : { cause })
    this.name = 'LedgerError'
    this.status = worded.status
    this.code = code
    this.words = { nb: worded.nb(params), en: worded.en(params) }
  }
}
