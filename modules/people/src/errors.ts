import type { Bilingual } from '@hevd/core'
import type { Answerable } from '@hevd/http'
import { importErrors } from '@hevd/register-file'

/** What can be wrong with changing the register. The table in README.md lists the same codes. */
export const peopleErrors = {
  'not-valid-person': {
    status: 400,
    words: { nb: 'Opplysningene om personen har en feil.', en: 'What is said of the person has a fault.' },
  },
  'changed-meanwhile': {
    status: 409,
    words: {
      nb: 'Noen har endret personen etter at du åpnet den. Se over endringen og lagre på nytt.',
      en: 'Somebody changed the person after you opened it. Look at the change and save again.',
    },
  },
  ...importErrors,
  'id-differs': {
    status: 400,
    words: {
      nb: 'Id-en i adressen og i innholdet er ikke den samme. En id kan ikke endres.',
      en: 'The id in the address and in the body differ. An id cannot be changed.',
    },
  },
  'no-such-service': {
    status: 404,
    words: { nb: 'Tjenesten finnes ikke i registeret.', en: 'The service is not in the register.' },
  },
  'service-in-use': {
    status: 409,
    words: {
      nb: 'Tjenesten står som eier av kontoer. Gi kontoene en annen eier først.',
      en: 'The service owns accounts. Give the accounts another owner first.',
    },
  },
  'no-such-owner': {
    status: 400,
    words: {
      nb: 'Eieren finnes ikke i registeret. Legg inn personen eller tjenesten først.',
      en: 'The owner is not in the register. Enter the person or the service first.',
    },
  },
  'no-such-account': {
    status: 404,
    words: {
      nb: 'Ingen kilde har sett denne kontoen. Velg en fra listen.',
      en: 'No source has seen this account. Choose one from the list.',
    },
  },
  'no-such-person': {
    status: 404,
    words: {
      nb: 'Personen finnes ikke i registeret. Hent listen på nytt.',
      en: 'The person is not in the register. Fetch the list again.',
    },
  },
  'cannot-be-erased': {
    status: 409,
    words: {
      nb: 'Personen er ansatt ennå, eller svarer for noe. Se forhåndsvisningen, og ordne det som står der, først.',
      en: 'The person still works here or answers for something. See the preview, and settle what it names first.',
    },
  },
  'erasure-needs-reason': {
    status: 409,
    words: {
      nb: 'Oppbevaringstiden er ikke ute. Skriv hvorfor personen skal slettes før den er det.',
      en: 'The retention has not passed. Write why the person is to be erased before it has.',
    },
  },
  'erasure-not-confirmed': {
    status: 409,
    words: {
      nb: 'Skriv navnet på personen slik det står i registeret, eller antallet når det er flere.',
      en: 'Type the name of the person as the register has it, or the number when there are several.',
    },
  },
  'erasure-under-way': {
    status: 409,
    words: {
      nb: 'Personen er allerede under sletting.',
      en: 'The person is being erased already.',
    },
  },
  'no-such-erasure': {
    status: 404,
    words: {
      nb: 'Ingen sletting venter på godkjenning under denne referansen.',
      en: 'No erasure waits for approval under this reference.',
    },
  },
  'own-erasure': {
    status: 403,
    words: {
      nb: 'Så mange slettinger må godkjennes av en annen administrator enn den som ba om dem.',
      en: 'So many erasures must be approved by another administrator than the one who asked.',
    },
  },
} as const satisfies Record<string, Omit<Answerable, 'code'>>
export type PeopleErrorCode = keyof typeof peopleErrors

export class PeopleError extends Error implements Answerable {
  readonly status: number
  readonly code: PeopleErrorCode
  readonly words: Bilingual

  constructor(code: PeopleErrorCode, detail: Bilingual = { nb: '', en: '' }) {
    const { status, words } = peopleErrors[code]
    const full = {
      nb: [words.nb, detail.nb].filter(Boolean).join(' '),
      en: [words.en, detail.en].filter(Boolean).join(' '),
    }
    super(full.en)
    this.name = 'PeopleError'
    this.status = status
    this.code = code
    this.words = full
  }
}
