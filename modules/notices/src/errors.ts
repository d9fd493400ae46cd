import type { Bilingual } from '@hevd/core'
import type { Answerable } from '@hevd/http'

/** What can be wrong with how people are told. The table in README.md lists the same codes. */
export const noticesErrors = {
  'no-mail-server': {
    status: 409,
    words: {
      nb: 'Ingen e-posttjener er satt opp. Sett HEVD_SMTP_URL og HEVD_MAIL_FROM, og start tjeneren på nytt.',
      en: 'No mail server is set up. Set HEVD_SMTP_URL and HEVD_MAIL_FROM, and restart the server.',
    },
  },
  'no-address': {
    status: 409,
    words: {
      nb: 'Du har ingen e-postadresse. Skriv den inn og lagre først.',
      en: 'You have no e-mail address. Enter it and save first.',
    },
  },
  'webhook-not-allowed': {
    status: 400,
    words: {
      nb: 'Dit kan ikke varsler sendes.',
      en: 'Notices cannot be sent there.',
    },
  },
  'too-many-webhooks': {
    status: 409,
    words: {
      nb: 'Det er så mange mottakere som det kan være. Fjern en først.',
      en: 'There are as many receivers as there can be. Remove one first.',
    },
  },
  'no-such-webhook': {
    status: 404,
    words: { nb: 'Mottakeren finnes ikke.', en: 'There is no such receiver.' },
  },
  'no-such-delivery': {
    status: 404,
    words: {
      nb: 'Ingen slik melding venter på å bli sendt på nytt.',
      en: 'No such message waits to be sent again.',
    },
  },
  'no-such-calendar': {
    status: 404,
    words: {
      nb: 'Kalenderlenken er avsluttet eller fornyet. Lag en ny under Varsler.',
      en: 'The calendar’s link was ended or renewed. Make a new one under Notices.',
    },
  },
} as const satisfies Record<string, Omit<Answerable, 'code'>>
export type NoticesErrorCode = keyof typeof noticesErrors

export class NoticesError extends Error implements Answerable {
  readonly status: number
  readonly code: NoticesErrorCode
  readonly words: Bilingual

  constructor(code: NoticesErrorCode, detail: Bilingual = { nb: '', en: '' }) {
    const { status, words } = noticesErrors[code]
    const full = {
      nb: [words.nb, detail.nb].filter(Boolean).join(' '),
      en: [words.en, detail.en].filter(Boolean).join(' '),
    }
    super(full.en)
    this.name = 'NoticesError'
    this.status = status
    this.code = code
    this.words = full
  }
}
