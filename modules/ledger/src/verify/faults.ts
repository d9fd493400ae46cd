import type { Bilingual, Wording } from '@hevd/core'
import type { LogName } from '../contract.ts'

type Parameters = { readonly [name: string]: string | number }

/** What verifying can find. The table in README.md lists the same codes. */
export const ledgerFaults = {
  'log-missing': {
    nb: () => 'Loggen finnes ikke i databasen.',
    en: () => 'The log is not in the database.',
  },
  'entry-altered': {
    nb: ({ index }) => `Oppføring ${index} er endret: innholdet er ikke det som ble signert.`,
    en: ({ index }) => `Entry ${index} was altered: its content is not what was signed.`,
  },
  'entry-moved': {
    nb: ({ index, other }) =>
      `Oppføring ${index} er byttet ut med en annen: innholdet som står der, ble signert som oppføring ${other}.`,
    en: ({ index, other }) => `Entry ${index} was exchanged: what stands there was signed as entry ${other}.`,
  },
  'entry-missing': {
    nb: ({ index, size }) => `Oppføring ${index} mangler, men er blant de ${size} som er signert.`,
    en: ({ index, size }) => `Entry ${index} is missing although it is among the ${size} that were signed.`,
  },
  'entries-altered': {
    nb: ({ index, through }) =>
      `Minst én av oppføringene ${index} til ${through} er endret: sammen gir de en annen rot enn den som er signert.`,
    en: ({ index, through }) =>
      `At least one of the entries ${index} to ${through} was altered: together they give another root than was signed.`,
  },
  'entry-not-signed': {
    nb: ({ index }) => `Oppføring ${index} står i loggen uten at noe sjekkpunkt dekker den.`,
    en: ({ index }) => `Entry ${index} stands in the log although no checkpoint covers it.`,
  },
  'entry-mislabelled': {
    nb: ({ index }) => `Oppføring ${index} er merket som en annen type enn innholdet sier.`,
    en: ({ index }) => `Entry ${index} is labelled as another kind than its content says.`,
  },
  'hashes-altered': {
    nb: ({ index, size }) =>
      `Hashen av oppføring ${index} som er lagret med sjekkpunktet over ${size}, er endret; oppføringen selv er riktig.`,
    en: ({ index, size }) =>
      `The hash of entry ${index} stored with the checkpoint over ${size} was altered; the entry itself is right.`,
  },
  'tile-wrong': {
    nb: ({ level, tile }) =>
      `Flis ${tile} på nivå ${level} mangler eller er endret; oppføringene under den er riktige.`,
    en: ({ level, tile }) =>
      `Tile ${tile} of level ${level} is missing or was altered; the entries below it are right.`,
  },
  'checkpoint-wrong': {
    nb: ({ size, reason }) =>
      `Sjekkpunktet over ${size} oppføringer er ikke slik loggen signerte det: ${reason}`,
    en: ({ size, reason }) => `The checkpoint over ${size} entries is not as the log signed it: ${reason}`,
  },
  'head-wrong': {
    nb: ({ head, size }) =>
      `Loggens hode sier ${head} oppføringer, men det nyeste sjekkpunktet som stemmer, dekker ${size}.`,
    en: ({ head, size }) =>
      `The log's head says ${head} entries, but the newest checkpoint that fits covers ${size}.`,
  },
  'database-older': {
    nb: ({ index, kept }) =>
      `Databasen er eldre enn loggen: fra og med oppføring ${index} mangler det som er signert; sjekkpunktet utenfor databasen dekker ${kept}.`,
    en: ({ index, kept }) =>
      `The database is older than the log: from entry ${index} on, what was signed is missing; the checkpoint kept outside covers ${kept}.`,
  },
  'history-forked': {
    nb: ({ kept }) =>
      `Historien er delt i to: nøkkelen har signert én rot over ${kept} oppføringer utenfor databasen og en annen i den. Minst én av disse oppføringene er en annen.`,
    en: ({ kept }) =>
      `History was forked: the key signed one root over ${kept} entries outside the database and another in it. At least one of these entries is another.`,
  },
  'kept-checkpoint-wrong': {
    nb: ({ reason }) => `Sjekkpunktet utenfor databasen er ikke signert av denne loggen: ${reason}`,
    en: ({ reason }) => `The checkpoint kept outside the database is not one that this log signed: ${reason}`,
  },
  'key-missing': {
    nb: () => 'Loggens nøkkel mangler, så ingen signatur kan kontrolleres. Oppgi kontrollnøkkelen.',
    en: () => 'The log key is missing, so that no signature can be verified. Give its verifier key.',
  },
  'key-differs': {
    nb: () => 'Loggen i databasen sier at den er signert med en annen nøkkel enn denne.',
    en: () => 'The log in the database says that it is signed with another key than this.',
  },
  'cosignature-wrong': {
    nb: ({ witness, size }) => `Vitnet ${witness} har ikke signert sjekkpunktet over ${size} slik det står.`,
    en: ({ witness, size }) =>
      `The witness ${witness} did not sign the checkpoint over ${size} as it stands.`,
  },
  'payload-wrong': {
    nb: ({ index, field }) =>
      `Den forseglede personopplysningen «${field}» i oppføring ${index} er ikke den som loggen bandt seg til.`,
    en: ({ index, field }) =>
      `The sealed personal payload “${field}” of entry ${index} is not the one the log committed to.`,
  },
  'outbox-wrong': {
    nb: ({ id }) => `Oppføringen ${id} som venter på å bli signert, er ødelagt eller står i loggen allerede.`,
    en: ({ id }) => `The entry ${id} that waits to be signed is damaged or stands in the log already.`,
  },
} as const satisfies Record<string, Wording<Parameters>>
export type LedgerFaultCode = keyof typeof ledgerFaults

/** The first thing that is wrong. */
export type LedgerFault = {
  readonly log: LogName
  readonly code: LedgerFaultCode
  /** First entry that is wrong, or may be; null when no entry is. */
  readonly index: number | null
  /** Last one that may be the wrong one; the same as `index` when the entry is known. */
  readonly through: number | null
  readonly words: Bilingual
}

/** Thrown where the fault is found, caught where verifying ends. */
export class Faulty extends Error {
  readonly fault: LedgerFault

  constructor(
    log: LogName,
    code: LedgerFaultCode,
    at: { readonly index: number; readonly through?: number } | null,
    params: Parameters = {},
  ) {
    const worded: Wording<Parameters> = ledgerFaults[code]
    const index = at?.index ?? null
    const through = at?.through ?? index
    const all = { ...params, index: index ?? '', through: through ?? '' }
    const words = { nb: worded.nb(all), en: worded.en(all) }
    super(words.en)
    this.fault = { log, code, index, through, words }
  }
}
