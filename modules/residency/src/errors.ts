import type { Bilingual } from '@hevd/core'
import type { Answerable } from '@hevd/http'
import { importErrors } from '@hevd/register-file'

/** What can be wrong with a call. The table in README.md lists the same codes. */
export const residencyErrors = {
  'not-valid-entry': {
    status: 400,
    words: { nb: 'Opplysningene har en feil.', en: 'What was entered has a fault.' },
  },
  'changed-meanwhile': {
    status: 409,
    words: {
      nb: 'Noen har endret dette etter at du åpnet det. Se over endringen og prøv på nytt.',
      en: 'Somebody changed this after you opened it. Look at the change and try again.',
    },
  },
  'id-differs': {
    status: 400,
    words: {
      nb: 'Kortnavnet i adressen og i innholdet er ikke det samme. Et kortnavn kan ikke endres.',
      en: 'The short name in the address and in the body differ. A short name cannot be changed.',
    },
  },
  'no-such-customer': {
    status: 404,
    words: { nb: 'Kunden finnes ikke i registeret.', en: 'The customer is not in the register.' },
  },
  'no-such-store': {
    status: 404,
    words: { nb: 'Datalageret finnes ikke i registeret.', en: 'The data store is not in the register.' },
  },
  'no-such-subprocessor': {
    status: 404,
    words: {
      nb: 'Underdatabehandleren finnes ikke i registeret.',
      en: 'The subprocessor is not in the register.',
    },
  },
  'no-payments': {
    status: 409,
    words: {
      nb: 'Den håndterer ikke betalingskort for oss, så den har ingen PCI-attest. Rett det først.',
      en: 'It does not handle payment cards for us, so it has no PCI attestation. Correct that first.',
    },
  },
  'no-such-attestation': {
    status: 404,
    words: {
      nb: 'Attesten finnes ikke, eller er trukket tilbake.',
      en: 'There is no such attestation, or it is withdrawn.',
    },
  },
  'no-such-host': {
    status: 404,
    words: {
      nb: 'Maskinen finnes ikke i maskinregisteret.',
      en: 'The host is not in the register of hosts.',
    },
  },
  'no-such-service': {
    status: 400,
    words: {
      nb: 'Tjenesten finnes ikke. Legg den inn under Personer først.',
      en: 'There is no such service. Enter it under People first.',
    },
  },
  'not-valid-token': {
    status: 400,
    words: {
      nb: 'Siste dag må være i dag eller senere, og høyst et år fram.',
      en: 'The last day must be today or later, and at most a year ahead.',
    },
  },
  'no-such-token': {
    status: 404,
    words: { nb: 'Tokenet finnes ikke.', en: 'There is no such token.' },
  },
  'token-refused': {
    status: 401,
    words: {
      nb: 'Tokenet mangler, er ikke kjent, eller gjelder ikke lenger. Lag et nytt under Datalokasjon.',
      en: 'The token is missing, not known or no longer good. Make a new one under Residency.',
    },
  },
  'token-only-asks': {
    status: 403,
    words: {
      nb: 'Tokenet kan spørre, men ikke melde hvor data er plassert. Lag ett som kan det.',
      en: 'The token may ask, but not report where data was placed. Make one that may.',
    },
  },
  ...importErrors,
} as const satisfies Record<string, Omit<Answerable, 'code'>>

export type ResidencyErrorCode = keyof typeof residencyErrors

export class ResidencyError extends Error implements Answerable {
  readonly status: number
  readonly code: ResidencyErrorCode
  readonly words: Bilingual

  constructor(code: ResidencyErrorCode, detail: Bilingual = { nb: '', en: '' }) {
    const { status, words } = residencyErrors[code]
    const full = {
      nb: [words.nb, detail.nb].filter(Boolean).join(' '),
      en: [words.en, detail.en].filter(Boolean).join(' '),
    }
    super(full.en)
    this.name = 'ResidencyError'
    this.status = status
    this.code = code
    this.words = full
  }
}
