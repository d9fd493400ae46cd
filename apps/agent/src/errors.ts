import type { Bilingual } from '@hevd/core'

type Words = (about: About) => Bilingual
type About = {
  readonly command?: string
  readonly path?: string
  readonly server?: string
  readonly name?: string
  readonly wants?: string
  readonly reason?: string
  /** What the server said, in its own words. */
  readonly said?: Bilingual
}

/** What can be wrong with the agent itself. The table in README.md lists the same codes. */
export const agentErrors = {
  'command-not-allowed': ({ command }) => ({
    nb: `«${command}» med disse argumentene står ikke på agentens liste, og kjøres ikke.`,
    en: `“${command}” with these arguments is not on the agent’s list and is not run.`,
  }),
  'host-id-damaged': ({ path }) => ({
    nb: `Vertens id i ${path} kan ikke leses. Legg tilbake en sikkerhetskopi, eller slett filen og meld verten inn på nytt.`,
    en: `The host’s id in ${path} cannot be read. Restore a copy of it, or delete the file and enrol the host again.`,
  }),
  'spool-newer': ({ path }) => ({
    nb: `Køen i ${path} er laget av en nyere agent. Oppgrader agenten, eller slett køen; da sendes alt på nytt.`,
    en: `The spool in ${path} was made by a newer agent. Upgrade the agent, or delete the spool; then everything is sent anew.`,
  }),
  'already-running': ({ path }) => ({
    nb: `En annen agent bruker køen i ${path}. Stopp den, eller gi denne en annen HEVD_HOME.`,
    en: `Another agent uses the spool in ${path}. Stop it, or give this one another HEVD_HOME.`,
  }),
  'server-not-encrypted': ({ server }) => ({
    nb: `${server} er ikke kryptert, og agentens nøkkel sendes ikke dit. Bruk https, eller http til denne verten selv.`,
    en: `${server} is not encrypted and the agent’s token is not sent there. Use https, or http to this host itself.`,
  }),
  'setting-not-valid': ({ name, wants }) => ({
    nb: `Innstillingen ${name} er ikke gyldig. Den kan være: ${wants}.`,
    en: `The setting ${name} is not valid. It may be: ${wants}.`,
  }),
  'settings-readable': ({ path }) => ({
    nb: `${path} inneholder et passord og kan leses av andre. Kjør: chmod 600 ${path}`,
    en: `${path} holds a password and can be read by others. Run: chmod 600 ${path}`,
  }),
  'nothing-to-scan': () => ({
    nb: 'Det er ikke sagt hva som skal gjennomsøkes. Gi mapper med logger på kommandolinjen, og databaser i HEVD_SCAN eller en fil (--from).',
    en: 'It is not said what to scan. Name folders of logs on the command line, and databases in HEVD_SCAN or a file (--from).',
  }),
  'scan-target-not-valid': ({ name }) => ({
    nb: `${name} er verken en database (postgresql://…, mysql://…) eller en absolutt sti.`,
    en: `${name} is neither a database (postgresql://…, mysql://…) nor an absolute path.`,
  }),
  'token-not-valid': () => ({
    nb: 'Dette er ikke et token fra Hevd. Kopier hele kommandoen fra «Maskiner» i konsollen.',
    en: 'This is no token of Hevd’s. Copy the whole command from “Hosts” in the console.',
  }),
  'wrong-authority': ({ server }) => ({
    nb: `${server} er ikke tjeneren som tokenet kom fra. Ingenting er sendt. Sjekk adressen; stemmer den, kan noen stå imellom.`,
    en: `${server} is not the server that the token came from. Nothing was sent. Check the address; if it is right, somebody may stand between.`,
  }),
  'server-unreachable': ({ server, reason }) => ({
    nb: `Får ikke kontakt med ${server} (${reason}). Sjekk adressen og brannmuren, og kjør kommandoen på nytt; tokenet er ikke brukt opp.`,
    en: `Cannot reach ${server} (${reason}). Check the address and the firewall and run the command again; the token is not used up.`,
  }),
  'server-refused': ({ server, said }) => ({
    nb: `${server} avviste: ${said?.nb}`,
    en: `${server} refused: ${said?.en}`,
  }),
  'server-here': ({ path }) => ({
    nb: `${path} hører til en Hevd-tjener på denne verten, og dens egen agent ser allerede på verten. Skal verten også meldes inn hos en annen tjener, gi agenten en egen HEVD_HOME.`,
    en: `${path} belongs to a Hevd server on this host, and its own agent looks at the host already. To join another server as well, give the agent a HEVD_HOME of its own.`,
  }),
  'not-joined': ({ path }) => ({
    nb: `Denne verten er ikke meldt inn hos noen tjener (${path} finnes ikke). Lag et token under «Maskiner» i konsollen, og kjør «hevd agent join».`,
    en: `This host has joined no server (there is no ${path}). Make a token under “Hosts” in the console and run “hevd agent join”.`,
  }),
  'membership-damaged': ({ path }) => ({
    nb: `${path} kan ikke leses. Meld verten inn på nytt med et token laget for den; historien følger med.`,
    en: `${path} cannot be read. Join again with a token made for this host; its history goes on.`,
  }),
  'key-readable': ({ path }) => ({
    nb: `${path} holder agentens nøkkel og kan leses av andre. Kjør: chmod 600 ${path}, og meld verten inn på nytt hvis noen kan ha lest den.`,
    en: `${path} holds the agent’s key and can be read by others. Run: chmod 600 ${path}, and join again if somebody may have read it.`,
  }),
} as const satisfies Record<string, Words>
export type AgentErrorCode = keyof typeof agentErrors

export class AgentError extends Error {
  readonly code: AgentErrorCode
  readonly words: Bilingual

  constructor(code: AgentErrorCode, about: About = {}) {
    const words = agentErrors[code](about)
    super(words.en)
    this.name = 'AgentError'
    this.code = code
    this.words = words
  }
}
