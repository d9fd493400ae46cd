import type { Bilingual, Wording } from '@hevd/core'

type Words = { readonly what: Wording<Record<string, string>>; readonly remedy: Bilingual }

const ask = {
  nb: 'Oppgrader agenten til samme versjon som tjeneren, og start den på nytt.',
  en: 'Bring the agent to the server’s version and start it again.',
}
const fewer = {
  nb: 'Se hva samleren finner på verten, og begrens det i agentens oppsett.',
  en: 'See what the collector finds on the host, and limit it in the agent’s configuration.',
}
const own = {
  nb: 'Sjekk at agenten har vertens egen identitet og eget token. Meld inn verten på nytt om den er kopiert.',
  en: 'Check that the agent has the host’s own identity and token. Enrol the host again if it was copied.',
}

/** Why a report is refused, with the remedy. The table in README.md lists the same codes. */
export const refusals = {
  'unknown-type': {
    what: {
      nb: ({ type }) => `Faktatypen ${type} finnes ikke i vokabularet.`,
      en: ({ type }) => `The fact type ${type} is not in the vocabulary.`,
    },
    remedy: ask,
  },
  'not-of-type': {
    what: {
      nb: ({ type, fault }) => `Et faktum er ikke gyldig som ${type}: ${fault}`,
      en: ({ type, fault }) => `A fact is not a valid ${type}: ${fault}`,
    },
    remedy: ask,
  },
  'foreign-scope': {
    what: {
      nb: ({ type, scope, host }) => `Agenten på ${host} kan ikke uttale seg om ${scope} (${type}).`,
      en: ({ type, scope, host }) => `The agent of ${host} may not speak of ${scope} (${type}).`,
    },
    remedy: own,
  },
  'said-twice': {
    what: {
      nb: ({ type, key }) => `Rapporten sier ${type} ${key} to ganger.`,
      en: ({ type, key }) => `The report says ${type} ${key} twice.`,
    },
    remedy: ask,
  },
  'too-large': {
    what: {
      nb: ({ what, size, limit }) => `${what} er for stort: ${size}, og grensen er ${limit}.`,
      en: ({ what, size, limit }) => `${what} is too large: ${size}, and the limit is ${limit}.`,
    },
    remedy: fewer,
  },
  'not-storable': {
    what: {
      nb: ({ type }) =>
        `Et faktum av typen ${type} har tegn som ikke kan lagres (NUL eller halve Unicode-tegn).`,
      en: ({ type }) =>
        `A fact of type ${type} has characters that cannot be stored (NUL or halves of Unicode characters).`,
    },
    remedy: fewer,
  },
  'bad-interval': {
    what: {
      nb: ({ interval, shortest, longest }) =>
        `Intervallet ${interval} er ikke en varighet mellom ${shortest} og ${longest}.`,
      en: ({ interval, shortest, longest }) =>
        `The interval ${interval} is not a duration between ${shortest} and ${longest}.`,
    },
    remedy: {
      nb: 'Sett intervallet i agentens oppsett som en ISO 8601-varighet, for eksempel PT5M.',
      en: 'Set the interval in the agent’s configuration as an ISO 8601 duration, such as PT5M.',
    },
  },
  'digest-differs': {
    what: {
      nb: ({ feed }) =>
        `Det fulle bildet fra ${feed} stemte ikke med sin egen kontrollsum og er ikke tatt inn.`,
      en: ({ feed }) => `The full picture from ${feed} did not match its own digest and was not taken.`,
    },
    remedy: ask,
  },
  'host-ended': {
    what: {
      nb: ({ host }) => `Verten ${host} er avsluttet i registeret.`,
      en: ({ host }) => `The host ${host} was ended in the register.`,
    },
    remedy: {
      nb: 'Stopp agenten, eller gjenåpne verten i registeret og meld den inn på nytt.',
      en: 'Stop the agent, or reopen the host in the register and enrol it again.',
    },
  },
} as const satisfies Record<string, Words>
export type RefusalCode = keyof typeof refusals

/** A report that is not taken, and why. */
export type Refusal = {
  readonly refused: RefusalCode
  readonly words: Bilingual
  readonly remedy: Bilingual
}

export function refuse(code: RefusalCode, parameters: Record<string, string | number> = {}): Refusal {
  const texts = Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, brief(String(value))]),
  )
  const { what, remedy }: Words = refusals[code]
  return { refused: code, words: { nb: what.nb(texts), en: what.en(texts) }, remedy }
}

const longest = 300

/** What a stranger wrote, short and without control characters. */
function brief(text: string): string {
  const clean = text.toWellFormed().replace(/[\p{Cc}\p{Cf}]/gu, ' ')
  return clean.length > longest ? `${clean.slice(0, longest - 1)}…` : clean
}
