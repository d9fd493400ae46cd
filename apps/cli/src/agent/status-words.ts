import type { Locale } from '@hevd/core'
import type { HostStatus } from './host-status.ts'

type GapState = 'needs-right' | 'partial' | 'failed'
type StatusWords = {
  readonly state: { readonly [state in HostStatus['state']]: string }
  readonly host: string
  readonly server: string
  readonly joined: string
  rejoined(at: string): string
  readonly certificate: string
  good(until: string, renewed: string): string
  expired(at: string): string
  readonly agent: string
  version(version: string, root: boolean): string
  readonly contact: string
  readonly never: string
  heardBy(at: string, server: string | null): string
  readonly trouble: string
  since(why: string, at: string): string
  noAnswer(reason: string): string
  readonly troubles: { readonly [code: string]: string }
  readonly waiting: string
  readonly nothingWaits: string
  waits(reports: number, kib: number, oldest: string): string
  readonly reads: string
  readonly nothingElse: string
  readonly notYet: string
  last(at: string, facts: number): string
  readonly itReads: string
  readonly itSends: string
  readonly right: string
  everyMinutes(count: number): string
  everyHours(count: number): string
  gap(types: string, state: GapState, detail: string): string
}

/** Words of `hevd agent status`. */
export const statusWords: { readonly [locale in Locale]: StatusWords } = {
  nb: {
    state: {
      heard: 'Agenten kjører, og tjeneren tar imot.',
      trouble: 'Agenten kjører, men tjeneren tar ikke imot. Det den ser, venter her.',
      starting: 'Agenten kjører, og har ikke nådd tjeneren ennå.',
      stopped: 'Agenten kjører ikke. Start den med «hevd agent run», eller som tjeneste.',
      'not-joined':
        'Verten er ikke meldt inn. Lag et token under «Maskiner» i konsollen, og kjør «hevd agent join».',
    },
    host: 'Vert',
    server: 'Tjener',
    joined: 'Meldt inn',
    rejoined: (at) => `${at}, på nytt; historien fulgte med`,
    certificate: 'Sertifikat',
    good: (until, renewed) => `gyldig til ${until}; fornyes av seg selv fra ${renewed}`,
    expired: (at) => `utløpt ${at}; fornyes når tjeneren svarer`,
    agent: 'Agent',
    version: (version, root) =>
      `${version}, ${root ? 'leser som root' : 'leser uten root; noe får den ikke se'}`,
    contact: 'Sist hørt',
    never: 'aldri',
    heardBy: (at, server) => (server === null ? at : `${at}, av Hevd ${server}`),
    trouble: 'Problem',
    since: (why, at) => `${why} (siden ${at})`,
    noAnswer: (reason) => `Tjeneren svarer ikke: ${reason}. Agenten prøver igjen av seg selv.`,
    troubles: {
      'not-joined': 'Verten er meldt ut, eller membership.json kan ikke leses.',
      'not-known': 'Tjeneren kjenner ikke sertifikatet. Meld verten inn på nytt.',
    },
    waiting: 'Venter',
    nothingWaits: 'ingenting',
    waits: (reports, kib, oldest) =>
      `${reports} ${reports === 1 ? 'melding' : 'meldinger'}, ${kib} KiB, den eldste fra ${oldest}`,
    reads: 'Hva den leser og sender:',
    nothingElse:
      'Den endrer ingenting på verten. Blir køen for full, sendes alt fra den kilden samlet når tjeneren er tilbake: det siste er alltid med, mellomtrinn kan mangle.',
    notYet: 'ikke ennå',
    last: (at, facts) => `sist ${at}, ${facts} ${facts === 1 ? 'faktum' : 'fakta'}`,
    itReads: 'leser',
    itSends: 'sender',
    right: 'trenger',
    everyMinutes: (count) => (count === 1 ? 'hvert minutt' : `hvert ${count}. minutt`),
    everyHours: (count) => (count === 1 ? 'hver time' : `hver ${count}. time`),
    gap: (types, state, detail) =>
      state === 'needs-right'
        ? detail === 'root'
          ? `ser ikke alt av: ${types}. Kjør agenten som root.`
          : `ser ikke alt av: ${types}. Gi kontoen agenten kjører som: ${detail}.`
        : state === 'partial'
          ? `ser ikke alt av: ${types} (${detail}). Rett det, så ser den etter igjen.`
          : `kunne ikke lese: ${types} (${detail}). Den prøver igjen; det forrige blir stående.`,
  },
  en: {
    state: {
      heard: 'The agent runs, and the server takes what it sends.',
      trouble: 'The agent runs, but the server takes nothing. What it sees waits here.',
      starting: 'The agent runs and has not reached the server yet.',
      stopped: 'The agent does not run. Start it by “hevd agent run”, or as a service.',
      'not-joined':
        'This host has not joined. Make a token under “Hosts” in the console and run “hevd agent join”.',
    },
    host: 'Host',
    server: 'Server',
    joined: 'Joined',
    rejoined: (at) => `${at}, again; history went on`,
    certificate: 'Certificate',
    good: (until, renewed) => `good until ${until}; renews itself from ${renewed} on`,
    expired: (at) => `expired ${at}; renews itself when the server answers`,
    agent: 'Agent',
    version: (version, root) =>
      `${version}, ${root ? 'reads as root' : 'reads without root; some it may not see'}`,
    contact: 'Last heard',
    never: 'never',
    heardBy: (at, server) => (server === null ? at : `${at}, by Hevd ${server}`),
    trouble: 'Trouble',
    since: (why, at) => `${why} (since ${at})`,
    noAnswer: (reason) => `The server does not answer: ${reason}. The agent tries again by itself.`,
    troubles: {
      'not-joined': 'This host has left, or membership.json cannot be read.',
      'not-known': 'The server does not know the certificate. Join again.',
    },
    waiting: 'Waiting',
    nothingWaits: 'nothing',
    waits: (reports, kib, oldest) =>
      `${reports} ${reports === 1 ? 'report' : 'reports'}, ${kib} KiB, the oldest of ${oldest}`,
    reads: 'What it reads and sends:',
    nothingElse:
      'It changes nothing on this host. Where too much waits, all of that source is sent at once when the server is back: the newest is always there, steps between may be missing.',
    notYet: 'not yet',
    last: (at, facts) => `last ${at}, ${facts} ${facts === 1 ? 'fact' : 'facts'}`,
    itReads: 'reads',
    itSends: 'sends',
    right: 'needs',
    everyMinutes: (count) => (count === 1 ? 'every minute' : `every ${count} minutes`),
    everyHours: (count) => (count === 1 ? 'every hour' : `every ${count} hours`),
    gap: (types, state, detail) =>
      state === 'needs-right'
        ? detail === 'root'
          ? `does not see all of: ${types}. Run the agent as root.`
          : `does not see all of: ${types}. Give the agent’s account: ${detail}.`
        : state === 'partial'
          ? `does not see all of: ${types} (${detail}). Mend it, and it looks again.`
          : `could not read: ${types} (${detail}). It tries again; what was seen before stands.`,
  },
}
