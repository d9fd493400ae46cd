import type { Bilingual } from '@hevd/core'
import type { Answerable } from '@hevd/http'
import { importErrors } from '@hevd/register-file'

/** What can be wrong with changing the register. The table in README.md lists the same codes. */
export const accessErrors = {
  'not-valid-grant': {
    status: 400,
    words: { nb: 'Opplysningene om tilgangen har en feil.', en: 'What is said of the access has a fault.' },
  },
  'changed-meanwhile': {
    status: 409,
    words: {
      nb: 'Noen har endret tilgangen etter at du åpnet den. Se over endringen og lagre på nytt.',
      en: 'Somebody changed the access after you opened it. Look at the change and save again.',
    },
  },
  'no-such-grant': {
    status: 404,
    words: { nb: 'Tilgangen finnes ikke i registeret.', en: 'The access is not in the register.' },
  },
  'grant-over': {
    status: 409,
    words: {
      nb: 'Tilgangen er avsluttet. Gi en ny i stedet.',
      en: 'The access is over. Grant a new one instead.',
    },
  },
  'built-in': {
    status: 409,
    words: {
      nb: 'Denne tilgangen følger med Hevd og kan ikke endres eller avsluttes her.',
      en: 'This access comes with Hevd and can be neither changed nor ended here.',
    },
  },
  ...importErrors,
  'id-differs': {
    status: 400,
    words: {
      nb: 'Referansen i adressen og i innholdet er ikke den samme. En referanse kan ikke endres.',
      en: 'The reference in the address and in the body differ. A reference cannot be changed.',
    },
  },
} as const satisfies Record<string, Omit<Answerable, 'code'>>
export type AccessErrorCode = keyof typeof accessErrors

export class AccessError extends Error implements Answerable {
  readonly status: number
  readonly code: AccessErrorCode
  readonly words: Bilingual

  constructor(code: AccessErrorCode, detail: Bilingual = { nb: '', en: '' }) {
    const { status, words } = accessErrors[code]
    const full = {
      nb: [words.nb, detail.nb].filter(Boolean).join(' '),
      en: [words.en, detail.en].filter(Boolean).join(' '),
    }
    super(full.en)
    this.name = 'AccessError'
    this.status = status
    this.code = code
    this.words = full
  }
}
