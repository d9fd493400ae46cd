import { fileURLToPath } from 'node:url'
import { superviseProcess } from '../supervise-process.ts'

const program = fileURLToPath(new URL('agent-process.ts', import.meta.url))

export type AgentPlace = {
  readonly home: string
  /** Where the server is reached. */
  readonly server: string
  /** PEM file of the server's certificate, trusted by the agent of this host; null without TLS. */
  readonly certificate: string | null
  /** Address of the server's own database for looking at how it is set up; null without one. */
  readonly observerUrl: string | null
  readonly environment: NodeJS.ProcessEnv
}

/** Runs the agent for this host as a process of its own, again when it ends, until we do. Its log is `agent.log`. */
export function superviseAgent(place: AgentPlace): { stop(): Promise<void> } {
  const { home, server, certificate, observerUrl, environment } = place
  return superviseProcess({
    program,
    home,
    name: 'agent',
    environment: {
      ...environment,
      HEVD_SERVER: server,
      ...(observerUrl === null ? {} : { HEVD_AGENT_POSTGRES: observerUrl }),
      ...(certificate === null ? {} : { NODE_EXTRA_CA_CERTS: certificate }),
    },
  })
}
