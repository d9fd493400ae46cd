import type { Bilingual } from '@hevd/core'

type Words = (about: About) => Bilingual
type About = { readonly command?: string; readonly path?: string; readonly server?: string }

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
  'server-not-encrypted': ({ server }) => ({
    nb: `${server} er ikke kryptert, og agentens nøkkel sendes ikke dit. Bruk https, eller http til denne verten selv.`,
    en: `${server} is not encrypted and the agent’s token is not sent there. Use https, or http to this host itself.`,
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
