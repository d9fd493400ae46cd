import type { Bilingual } from '@hevd/core'

type Words = (about: About) => Bilingual
type About = {
  readonly command?: string
  readonly path?: string
  readonly server?: string
  readonly name?: string
  readonly wants?: string
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
