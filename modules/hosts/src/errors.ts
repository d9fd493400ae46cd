import type { Bilingual } from '@hevd/core'
import type { Answerable } from '@hevd/http'
import { importErrors } from '@hevd/register-file'

/** What can be wrong with declaring hosts. The table in README.md lists the same codes. */
export const hostsErrors = {
  'no-such-host': {
    status: 404,
    words: {
      nb: 'Verten finnes ikke i registeret. Meld den inn først.',
      en: 'The host is not in the register. Declare it first.',
    },
  },
  'host-ended': {
    status: 409,
    words: {
      nb: 'Verten er avsluttet. Gjenåpne den før du endrer den eller gir agenten et nytt token.',
      en: 'The host was ended. Reopen it before changing it or giving its agent a new token.',
    },
  },
  'bad-host-id': {
    status: 400,
    words: {
      nb: 'En verts id er 1–100 bokstaver, tall, punktum, kolon, understrek og bindestrek, og begynner med bokstav eller tall.',
      en: 'A host’s id is 1–100 letters, digits, full stops, colons, underscores and hyphens, and begins with a letter or digit.',
    },
  },
  'no-such-list': {
    status: 404,
    words: {
      nb: 'Ingen slik liste er hentet. Last siden på nytt.',
      en: 'No such list was imported. Load the page again.',
    },
  },
  ...importErrors,
  'agents-off': {
    status: 409,
    words: {
      nb: 'Tjeneren lytter ikke etter agenter på andre maskiner. Sett HEVD_AGENTS_PORT (for eksempel 4385) og start den på nytt.',
      en: 'The server does not listen for agents of other hosts. Set HEVD_AGENTS_PORT (such as 4385) and start it again.',
    },
  },
  'no-such-token': {
    status: 404,
    words: {
      nb: 'Tokenet finnes ikke, eller er brukt eller trukket tilbake. Last siden på nytt.',
      en: 'There is no such token, or it was used or withdrawn. Load the page again.',
    },
  },
  'no-agent': {
    status: 404,
    words: {
      nb: 'Ingen agent på en annen maskin er koblet til denne verten. Last siden på nytt.',
      en: 'No agent of another host has joined as this one. Load the page again.',
    },
  },
  'join-refused': {
    status: 403,
    words: {
      nb: 'Tokenet gjelder ikke: det er ukjent, utløpt, trukket tilbake eller brukt av en annen. Lag et nytt under «Maskiner» i konsollen.',
      en: 'The token is not good: it is unknown, expired, withdrawn, or was used by another. Make a new one under “Hosts” in the console.',
    },
  },
  'not-proven': {
    status: 400,
    words: {
      nb: 'Agenten viste ikke at nøkkelen er dens egen (ECDSA P-256). Prøv igjen, eller oppgrader agenten.',
      en: 'The agent did not show that the key is its own (ECDSA P-256). Try again, or upgrade the agent.',
    },
  },
  'host-known': {
    status: 409,
    words: {
      nb: 'En vert med denne id-en er meldt inn alt, og tokenet er for en ny. Lag et token for verten selv, så følger historien med.',
      en: 'A host of this id is declared already, and the token is for a new one. Make a token for that host itself, and its history goes on.',
    },
  },
  'certificate-expired': {
    status: 403,
    words: {
      nb: 'Agentens sertifikat er utløpt. Det fornyes av seg selv; er det for gammelt til det, må agenten meldes inn på nytt med «hevd agent join».',
      en: 'The agent’s certificate has expired. It renews itself; if it is too old for that, join again with “hevd agent join”.',
    },
  },
  'certificate-revoked': {
    status: 403,
    words: {
      nb: 'Agentens sertifikat er trukket tilbake. Skal agenten fortsatt melde, lager en administrator et nytt token, og du kjører «hevd agent join».',
      en: 'The agent’s certificate was revoked. If it is still to report, an administrator makes a new token, and you run “hevd agent join”.',
    },
  },
  'certificate-superseded': {
    status: 403,
    words: {
      nb: 'Et nyere sertifikat for denne agenten er i bruk. Dette er trolig en kopi av maskinen, eller den er gjenopprettet fra en sikkerhetskopi. Kjør «hevd agent join» med et nytt token.',
      en: 'A newer certificate of this agent is in use. This is likely a copy of the machine, or it was restored from a backup. Run “hevd agent join” with a new token.',
    },
  },
  'agent-too-old': {
    status: 409,
    words: {
      nb: 'Agenten er mer enn én utgave eldre enn tjeneren. Oppgrader agenten; det den har sett, venter.',
      en: 'The agent is more than one release older than the server. Upgrade the agent; what it has seen waits.',
    },
  },
  'agent-too-new': {
    status: 409,
    words: {
      nb: 'Agenten er mer enn én utgave nyere enn tjeneren. Oppgrader tjeneren; det agenten har sett, venter.',
      en: 'The agent is more than one release newer than the server. Upgrade the server; what the agent has seen waits.',
    },
  },
  'authority-lost': {
    status: 500,
    words: {
      nb: 'Nøkkelen som agentenes sertifikater er utstedt med, mangler eller er en annen. Legg den tilbake fra kopien (flere tjenere deler den). Er den tapt, start én gang med HEVD_AGENTS_AUTHORITY=new; da må alle agenter meldes inn på nytt.',
      en: 'The key that agents’ certificates are issued with is missing or another. Restore it from its copy (several servers share it). If it is lost, start once with HEVD_AGENTS_AUTHORITY=new; every agent must then join again.',
    },
  },
  'authority-open-to-others': {
    status: 500,
    words: {
      nb: 'Nøkkelen som agentenes sertifikater utstedes med, kan leses av andre. Kjør chmod 600 på filen, og vurder å bytte nøkkel.',
      en: 'The key that agents’ certificates are issued with can be read by others. Run chmod 600 on it, and consider another key.',
    },
  },
} as const satisfies Record<string, Omit<Answerable, 'code'>>
export type HostsErrorCode = keyof typeof hostsErrors

export class HostsError extends Error implements Answerable {
  readonly status: number
  readonly code: HostsErrorCode
  readonly words: Bilingual

  /** @param detail what it is about, the same in both languages */
  constructor(code: HostsErrorCode, detail = '') {
    const { status, words } = hostsErrors[code]
    const about = detail && ` (${detail})`
    const full = { nb: `${words.nb}${about}`, en: `${words.en}${about}` }
    super(full.en)
    this.name = 'HostsError'
    this.status = status
    this.code = code
    this.words = full
  }
}
