import type { Bilingual } from '@hevd/core'
import type { Answerable } from '@hevd/http'

/** What can be wrong with signing in and inviting. The table in README.md lists the same codes. */
export const identityErrors = {
  'wrong-credentials': {
    status: 401,
    words: {
      nb: 'Brukernavnet eller passordfrasen er feil. Prøv igjen, eller be en administrator om en ny invitasjon.',
      en: 'The user name or the passphrase is wrong. Try again, or ask an administrator for a new invitation.',
    },
  },
  'wait-before-trying': {
    status: 429,
    words: {
      nb: 'For mange mislykkede forsøk på dette brukernavnet. Vent et minutt og prøv igjen.',
      en: 'Too many failed attempts for this user name. Wait a minute and try again.',
    },
  },
  'invitation-not-valid': {
    status: 410,
    words: {
      nb: 'Lenken er brukt, trukket tilbake eller for gammel. Be om en ny; på tjeneren gir «hevd up --new-link» en.',
      en: 'The link was used, withdrawn or is too old. Ask for a new one; on the server, “hevd up --new-link” gives one.',
    },
  },
  'user-name-taken': {
    status: 409,
    words: { nb: 'Brukernavnet er i bruk. Velg et annet.', en: 'The user name is taken. Choose another.' },
  },
  'last-administrator': {
    status: 409,
    words: {
      nb: 'Dette er den siste administratoren. Gjør en annen til administrator først.',
      en: 'This is the last administrator. Make somebody else an administrator first.',
    },
  },
  'auditing-over': {
    status: 403,
    words: {
      nb: 'Tilgangen til perioden er over. Be en administrator om en ny invitasjon.',
      en: 'Your access to the period has ended. Ask an administrator for a new invitation.',
    },
  },
  'auditor-stays': {
    status: 409,
    words: {
      nb: 'En revisor kan ikke få en annen rolle. Sperr brukeren, og inviter på nytt.',
      en: 'An auditor cannot get another role. Disable the account, and invite anew.',
    },
  },
  'no-such-period': {
    status: 404,
    words: {
      nb: 'Perioden finnes ikke. Lag den først.',
      en: 'There is no such period. Make it first.',
    },
  },
  'last-day-not-valid': {
    status: 400,
    words: {
      nb: 'Siste dag må være i dag eller senere, og innen ett år.',
      en: 'The last day must be today or later, and within a year.',
    },
  },
  'no-such-account': {
    status: 404,
    words: { nb: 'Kontoen finnes ikke.', en: 'There is no such account.' },
  },
} as const satisfies Record<string, Omit<Answerable, 'code'>>
export type IdentityErrorCode = keyof typeof identityErrors

export class IdentityError extends Error implements Answerable {
  readonly status: number
  readonly code: IdentityErrorCode
  readonly words: Bilingual

  constructor(code: IdentityErrorCode) {
    const { status, words } = identityErrors[code]
    super(words.en)
    this.name = 'IdentityError'
    this.status = status
    this.code = code
    this.words = words
  }
}
