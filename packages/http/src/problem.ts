import type { Bilingual } from '@hevd/core'

/**
 * What a module's error carries so that it can be answered over HTTP: its status and code, and what is wrong
 * with the remedy in both languages. Anything thrown without it is breakage: 500, logged, and told without detail.
 */
export type Answerable = { readonly status: number; readonly code: string; readonly words: Bilingual }

/** Problem details (RFC 9457) as every route answers a fault; `detail` is in the reader's language. */
export type Problem = {
  readonly type: `urn:hevd:problem:${string}`
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly words: Bilingual
}

export function isAnswerable(error: unknown): error is Answerable {
  return (
    typeof error === 'object' &&
    error !== null &&
    'status' in error &&
    typeof error.status === 'number' &&
    'code' in error &&
    typeof error.code === 'string' &&
    'words' in error &&
    typeof error.words === 'object'
  )
}

/** A fault of the way a route was called. */
export class RequestError extends Error implements Answerable {
  readonly status: number
  readonly code: RequestErrorCode
  readonly words: Bilingual

  constructor(code: RequestErrorCode, detail = '') {
    const { status, words } = requestErrors[code]
    const full = {
      nb: `${words.nb}${detail && ` (${detail})`}`,
      en: `${words.en}${detail && ` (${detail})`}`,
    }
    super(full.en)
    this.name = 'RequestError'
    this.status = status
    this.code = code
    this.words = full
  }
}

export const requestErrors = {
  'not-signed-in': {
    status: 401,
    words: {
      nb: 'Du er ikke logget inn. Logg inn og prøv igjen.',
      en: 'You are not signed in. Sign in and try again.',
    },
  },
  'not-allowed': {
    status: 403,
    words: {
      nb: 'Du har ikke tilgang til dette. Be en administrator om hjelp.',
      en: 'You may not do this. Ask an administrator.',
    },
  },
  'wrong-origin': {
    status: 403,
    words: {
      nb: 'Forespørselen kom fra en annen side enn Hevd og er avvist.',
      en: 'The request came from another site than Hevd and was refused.',
    },
  },
  'wrong-host': {
    status: 421,
    words: {
      nb: 'Hevd svarer ikke på dette vertsnavnet. Bruk adressen tjeneren skrev ut, eller sett HEVD_ORIGIN.',
      en: 'Hevd does not answer to this host name. Use the address that the server printed, or set HEVD_ORIGIN.',
    },
  },
  'not-found': { status: 404, words: { nb: 'Dette finnes ikke.', en: 'There is no such thing.' } },
  'not-valid': {
    status: 400,
    words: {
      nb: 'Forespørselen har en feil. Rett det som er nevnt.',
      en: 'The request has a fault. Mend what is named.',
    },
  },
  'too-large': {
    status: 413,
    words: { nb: 'Forespørselen er for stor. Del den opp.', en: 'The request is too large. Split it.' },
  },
  'too-many': {
    status: 429,
    words: {
      nb: 'For mange forsøk. Vent litt og prøv igjen.',
      en: 'Too many attempts. Wait a little and try again.',
    },
  },
  broken: {
    status: 500,
    words: {
      nb: 'Noe gikk i stykker hos oss. Feilen er loggført; prøv igjen om litt.',
      en: 'Something broke on our side. It has been logged; try again in a moment.',
    },
  },
  'disk-full': {
    status: 507,
    words: {
      nb: 'Disken som Hevd lagrer på, er full. Ingenting lagres, men alt kan leses. Frigjør plass («hevd doctor» viser hvor), så går lagringen igjen av seg selv.',
      en: 'The disk that Hevd stores on is full. Nothing is stored, but everything can be read. Make room (“hevd doctor” shows where), and storing goes on by itself.',
    },
  },
  unavailable: {
    status: 503,
    words: {
      nb: 'Databasen svarer ikke. Ingenting er lagret; prøv igjen om litt.',
      en: 'The database does not answer. Nothing was stored; try again in a moment.',
    },
  },
} as const satisfies Record<string, Omit<Answerable, 'code'>>
export type RequestErrorCode = keyof typeof requestErrors
