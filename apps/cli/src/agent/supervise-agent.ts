import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('agent-process.ts', import.meta.url))
const longestPause = 60_000

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

/**
 * Runs the agent for this host as a process of its own, and again when it ends. It ends with us, however we end: it
 * reads its standard input, which closes then. What it says goes to `<home>/log/agent.log`.
 */
export function superviseAgent(place: AgentPlace): { stop(): Promise<void> } {
  const stopping = new AbortController()
  const folder = join(place.home, 'log')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const log = openSync(join(folder, 'agent.log'), 'a', 0o600)
  let child: ChildProcess | undefined
  const running = (async () => {
    for (let pause = 1000; !stopping.signal.aborted; pause = Math.min(pause * 2, longestPause)) {
      child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program], {
        stdio: ['pipe', log, log],
        env: {
          ...place.environment,
          HEVD_HOME: place.home,
          HEVD_SERVER: place.server,
          ...(place.observerUrl === null ? {} : { HEVD_AGENT_POSTGRES: place.observerUrl }),
          ...(place.certificate === null ? {} : { NODE_EXTRA_CA_CERTS: place.certificate }),
        },
      })
      const ended = new Promise((end) => child?.once('close', end))
      await ended
      await sleep(pause, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  })()
  return {
    async stop() {
      stopping.abort()
      child?.stdin?.end()
      child?.kill('SIGTERM')
      await running
      closeSync(log)
    },
  }
}
