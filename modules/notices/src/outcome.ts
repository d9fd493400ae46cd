import type { Bilingual } from '@hevd/core'

/** What came of sending a message. */
export type Outcome =
  | { readonly kind: 'sent'; readonly answer: string }
  /** Refused for good, though others may go through. */
  | { readonly kind: 'refused'; readonly why: Bilingual }
  /** Not now, though others may go through. */
  | { readonly kind: 'later'; readonly why: Bilingual }
  /** The way is down, for this one and all others. */
  | { readonly kind: 'down'; readonly why: Bilingual }
  /** The receiver has said that it wants no more. */
  | { readonly kind: 'gone'; readonly why: Bilingual }

/**
 * What keeps a connection from coming about, in words.
 *
 * @param to the server or receiver, without what is secret
 */
export function connectionFault(code: string, detail: string, to: string): Bilingual {
  return connectionWords[code]?.(to) ?? certificateWords(code, to) ?? other(to, detail || code)
}

const refusedWords = (to: string): Bilingual => ({
  nb: `${to} tar ikke imot forbindelser. Se om den kjører, og om en brannmur stenger.`,
  en: `${to} takes no connections. See whether it runs, and whether a firewall is in the way.`,
})
const unknownName = (to: string): Bilingual => ({
  nb: `Navnet ${to} finnes ikke i DNS, eller DNS svarer ikke.`,
  en: `The name ${to} is not in DNS, or DNS does not answer.`,
})
const noAnswer = (to: string): Bilingual => ({
  nb: `${to} svarer ikke i tide.`,
  en: `${to} does not answer in time.`,
})

const connectionWords: { readonly [code: string]: (to: string) => Bilingual } = {
  ECONNREFUSED: refusedWords,
  EHOSTUNREACH: refusedWords,
  ENETUNREACH: refusedWords,
  ENOTFOUND: unknownName,
  EAI_AGAIN: unknownName,
  EDNS: unknownName,
  ETIMEDOUT: noAnswer,
  ETIME: noAnswer,
  ABORT_ERR: noAnswer,
  ECONNRESET: (to) => ({
    nb: `${to} brøt forbindelsen.`,
    en: `${to} broke the connection.`,
  }),
}

function certificateWords(code: string, to: string): Bilingual | null {
  if (!/CERT|SELF_SIGNED|UNABLE_TO_/.test(code)) return null
  return {
    nb: `Sertifikatet til ${to} godtas ikke (${code}). Se at det gjelder navnet, ikke er utløpt, og er utstedt av noen tjeneren stoler på.`,
    en: `The certificate of ${to} is not accepted (${code}). See that it is for the name, has not expired, and is issued by somebody the server trusts.`,
  }
}

function other(to: string, detail: string): Bilingual {
  return { nb: `Forbindelsen med ${to} feilet: ${detail}`, en: `The connection with ${to} failed: ${detail}` }
}
