import type { Bilingual } from '@hevd/core'
import type { Answerable } from '@hevd/http'

/** What can be wrong with what is written. The table in README.md lists the same codes. */
export const feedsErrors = {
  'no-such-register': {
    status: 500,
    words: {
      nb: 'Registeret er ikke åpnet. Åpne det før noe føres i det.',
      en: 'The register is not open. Open it before anything is entered in it.',
    },
  },
  'not-a-fact': {
    status: 400,
    words: {
      nb: 'Opplysningen kan ikke føres i registeret. Rett det som er nevnt.',
      en: 'This cannot be entered in the register. Mend what is named.',
    },
  },
  'other-version': {
    status: 503,
    words: {
      nb: 'En annen versjon av Hevd har overtatt og finner slike opplysninger på en annen måte. Stopp denne versjonen, eller prøv igjen når den andre er stoppet.',
      en: 'Another version of Hevd has taken over and finds such facts in another way. Stop this version, or try again when the other one has stopped.',
    },
  },
} as const satisfies Record<string, Omit<Answerable, 'code'>>
export type FeedsErrorCode = keyof typeof feedsErrors

export class FeedsError extends Error implements Answerable {
  readonly status: number
  readonly code: FeedsErrorCode
  readonly words: Bilingual

  constructor(code: FeedsErrorCode, detail: Bilingual = { nb: '', en: '' }) {
    const { status, words } = feedsErrors[code]
    const full = {
      nb: [words.nb, detail.nb].filter(Boolean).join(' '),
      en: [words.en, detail.en].filter(Boolean).join(' '),
    }
    super(full.en)
    this.name = 'FeedsError'
    this.status = status
    this.code = code
    this.words = full
  }
}
