import type { Bilingual } from '@hevd/core'
import type { Answerable } from '@hevd/http'
import { importErrors } from '@hevd/register-file'

/** What can be wrong with changing the register. The table in README.md lists the same codes. */
export const dataErrors = {
  'not-valid-data-set': {
    status: 400,
    words: {
      nb: 'Opplysningene om datasettet har en feil.',
      en: 'What is said of the data set has a fault.',
    },
  },
  'changed-meanwhile': {
    status: 409,
    words: {
      nb: 'Noen har endret datasettet etter at du åpnet det. Se over endringen og prøv på nytt.',
      en: 'Somebody changed the data set after you opened it. Look at the change and try again.',
    },
  },
  'no-such-data-set': {
    status: 404,
    words: { nb: 'Datasettet finnes ikke i registeret.', en: 'The data set is not in the register.' },
  },
  'id-differs': {
    status: 400,
    words: {
      nb: 'Kortnavnet i adressen og i innholdet er ikke det samme. Et kortnavn kan ikke endres.',
      en: 'The short name in the address and in the body differ. A short name cannot be changed.',
    },
  },
  'no-such-find': {
    status: 404,
    words: {
      nb: 'Ingen gjennomsøking har funnet noe der nå. Last inn siden på nytt.',
      en: 'No scan finds anything there now. Load the page anew.',
    },
  },
  'data-set-there': {
    status: 409,
    words: {
      nb: 'Et datasett med dette kortnavnet finnes fra før. Velg et annet, eller knytt funnet til det.',
      en: 'There is a data set of this short name already. Choose another, or tie the find to that one.',
    },
  },
  ...importErrors,
} as const satisfies Record<string, Omit<Answerable, 'code'>>

export type DataErrorCode = keyof typeof dataErrors

export class DataError extends Error implements Answerable {
  readonly status: number
  readonly code: DataErrorCode
  readonly words: Bilingual

  constructor(code: DataErrorCode, detail: Bilingual = { nb: '', en: '' }) {
    const { status, words } = dataErrors[code]
    const full = {
      nb: [words.nb, detail.nb].filter(Boolean).join(' '),
      en: [words.en, detail.en].filter(Boolean).join(' '),
    }
    super(full.en)
    this.name = 'DataError'
    this.status = status
    this.code = code
    this.words = full
  }
}
