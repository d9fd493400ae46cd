import type { Bilingual } from '@hevd/core'

/** What is wrong with a bundle, the first that is; `{what}` is the file, entry or version. */
export const bundleErrors = {
  'not-whole': {
    nb: '{what} er ikke en hel ZIP-fil. Last pakken ned på nytt.',
    en: '{what} is not a whole ZIP file. Download the bundle anew.',
  },
  'name-not-allowed': {
    nb: 'Pakken har en fil som ikke hører hjemme der: {what}.',
    en: 'The bundle has a file that does not belong there: {what}.',
  },
  'larger-than-said': {
    nb: '{what} er større pakket ut enn pakken sier, eller større enn den kan være.',
    en: '{what} is larger unpacked than the bundle says, or than it can be.',
  },
  'file-missing': { nb: '{what} mangler i pakken.', en: '{what} is missing from the bundle.' },
  'file-unreadable': {
    nb: '{what} kan ikke leses slik den skal.',
    en: '{what} cannot be read as it should.',
  },
  'other-key': {
    nb: 'Pakken er signert med en annen nøkkel enn den du ga: {what}.',
    en: 'The bundle is signed by another key than the one you gave: {what}.',
  },
  'checkpoint-wrong': {
    nb: 'Sjekkpunktet er ikke signert av loggens nøkkel ({what}).',
    en: 'The checkpoint is not signed by the log’s key ({what}).',
  },
  'entry-not-proven': {
    nb: 'Innførsel {what} er ikke i loggen som sjekkpunktet signerer.',
    en: 'Entry {what} is not in the log that the checkpoint signs.',
  },
  'entry-missing': {
    nb: 'Innførselen {what} skulle vært med, og mangler.',
    en: 'The entry {what} should be there, and is missing.',
  },
  'manifest-not-logged': {
    nb: 'manifest.json er ikke den som står i loggen, så ingen av filene er bevist.',
    en: 'manifest.json is not the one in the log, so none of the files is proven.',
  },
  'file-changed': {
    nb: '{what} er ikke slik den var da pakken ble laget.',
    en: '{what} is not as it was when the bundle was made.',
  },
  'report-not-signed': {
    nb: 'report.json er ikke rapporten som ble signert.',
    en: 'report.json is not the report that was signed.',
  },
  'table-differs': {
    nb: '{what} er ikke listen som rapporten har kontrollsum av. Da pakken ble laget, kom rapporten ut annerledes enn den som ble signert.',
    en: '{what} is not the list that the report has a digest of. When the bundle was made, the report came out otherwise than the one that was signed.',
  },
  'sample-not-drawn': {
    nb: 'Stikkprøven {what} er ikke i den rekkefølgen frøet gir.',
    en: 'The sample {what} is not in the order that the seed gives.',
  },
  'finding-not-in-batch': {
    nb: 'Funnet {what} er ikke i bunken det skal være fra.',
    en: 'The finding {what} is not in the batch that it is said to be of.',
  },
  'inputs-differ': {
    nb: 'Grunnlaget {what} er ikke det kontrollsummen er av.',
    en: 'The evidence {what} is not what its digest is of.',
  },
} as const satisfies Readonly<Record<string, Bilingual>>
export type BundleErrorCode = keyof typeof bundleErrors

export class BundleError extends Error {
  readonly code: BundleErrorCode
  readonly what: string
  readonly words: Bilingual

  constructor(code: BundleErrorCode, what: string) {
    const { nb, en } = bundleErrors[code]
    super(en.replace('{what}', what))
    this.name = 'BundleError'
    this.code = code
    this.what = what
    this.words = { nb: nb.replace('{what}', what), en: this.message }
  }
}
