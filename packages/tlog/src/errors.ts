type Words = { readonly nb: string; readonly en: string }

/** What can be wrong with a log, a note or a proof. The table in README.md lists the same codes. */
export const tlogErrors = {
  'index-outside': {
    nb: 'Beviset gjelder en oppføring som ikke finnes i et tre av denne størrelsen.',
    en: 'The proof is of an entry that a tree of this size does not have.',
  },
  'sizes-reversed': {
    nb: 'Et tre kan bare vokse: den eldste størrelsen må være minst én og ikke større enn den nyeste.',
    en: 'A tree only grows: the older size must be at least one and not above the newer.',
  },
  'path-length': {
    nb: 'Beviset har feil antall hasher for disse størrelsene.',
    en: 'The proof has the wrong number of hashes for these sizes.',
  },
  'root-differs': {
    nb: 'Beviset leder til en annen rot enn den som er signert.',
    en: 'The proof leads to another root than the one that was signed.',
  },
  'hash-length': { nb: 'En hash er ikke 32 byte lang.', en: 'A hash is not 32 bytes long.' },
  'base64-malformed': {
    nb: 'Teksten er ikke base64 slik standarden skriver den.',
    en: 'The text is not base64 as the standard writes it.',
  },
  'note-malformed': {
    nb: 'Dette er ikke en signert note: tekst, en tom linje og minst én signaturlinje.',
    en: 'This is not a signed note: a text, an empty line and at least one signature line.',
  },
  'key-malformed': {
    nb: 'Dette er ikke en kontrollnøkkel på formen navn+hash+nøkkel, eller hashen hører ikke til nøkkelen.',
    en: 'This is not a verifier key of the form name+hash+key, or the hash is not that of the key.',
  },
  'signature-type-unknown': {
    nb: 'Nøkkelen er av en type som denne versjonen ikke kan kontrollere.',
    en: 'The key is of a type that this version cannot verify.',
  },
  'not-signed': {
    nb: 'Noten har ingen signatur fra en av de nøklene som er oppgitt.',
    en: 'The note has no signature by one of the given keys.',
  },
  'signature-wrong': {
    nb: 'En signatur under noten stemmer ikke med teksten: den er endret, eller signert med en annen nøkkel.',
    en: 'A signature under the note does not fit its text: it was altered, or signed with another key.',
  },
  'checkpoint-malformed': {
    nb: 'Dette er ikke et sjekkpunkt: opphav, størrelse og rot på hver sin linje.',
    en: 'This is not a checkpoint: origin, size and root, a line each.',
  },
  'origin-differs': {
    nb: 'Sjekkpunktet er fra en annen logg enn den som ventes.',
    en: 'The checkpoint is of another log than the one expected.',
  },
  'tile-length': {
    nb: 'En flis har feil lengde for sin bredde.',
    en: 'A tile has the wrong length for its width.',
  },
  'bundle-malformed': {
    nb: 'En oppføringsbunt er avkortet, eller en oppføring er lengre enn 65 535 byte.',
    en: 'An entry bundle is cut short, or an entry is longer than 65,535 bytes.',
  },
  'request-malformed': {
    nb: 'Dette er ikke det et vitne tar imot: gammel størrelse, bevis, tom linje, sjekkpunkt.',
    en: 'This is not what a witness takes: old size, proof, empty line, checkpoint.',
  },
  'node-not-stored': {
    nb: 'Et tre av denne størrelsen har ikke lagret en slik hash.',
    en: 'A tree of this size has stored no such hash.',
  },
} as const satisfies Record<string, Words>
export type TlogErrorCode = keyof typeof tlogErrors

/** The one error of this package: what was checked is wrong, or is not what it should be. */
export class TlogError extends Error {
  readonly code: TlogErrorCode
  readonly words: Words

  constructor(code: TlogErrorCode, detail = '') {
    const words = tlogErrors[code]
    super(detail === '' ? words.en : `${words.en} (${detail})`)
    this.name = 'TlogError'
    this.code = code
    this.words = words
  }
}
