import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { rotatingFile } from '@hevd/agent'
import { wallClock } from '../clock.ts'

const program = fileURLToPath(new URL('agent-process.ts', import.meta.url))
const shortestPause = 1000
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
 * reads its standard input, which closes then. What it says goes to `<home>/log/agent.log`, rotated.
 */
export function superviseAgent(place: AgentPlace): { stop(): Promise<void> } {
  const stopping = new AbortController()
  const folder = join(place.home, 'log')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const lost = (lines: number) => `${JSON.stringify({ at: wallClock(), event: 'lines-lost', lines })}\n`
  const log = rotatingFile(join(folder, 'agent.log'), lost)
  let child: ChildProcess | undefined
  const running = (async () => {
    let pause = shortestPause
    while (!stopping.signal.aborted) {
      const began = performance.now()
      child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program], {
        stdio: ['pipe', 'pipe', 'pipe'],
        env: {
          ...place.environment,
          HEVD_HOME: place.home,
          HEVD_SERVER: place.server,
          ...(place.observerUrl === null ? {} : { HEVD_AGENT_POSTGRES: place.observerUrl }),
          ...(place.certificate === null ? {} : { NODE_EXTRA_CA_CERTS: place.certificate }),
        },
      })
      for (const stream of [child.stdout, child.stderr]) wholeLines(stream, log.write)
      const ended = new Promise((end) => child?.once('close', end))
      await ended
      if (performance.now() - began > longestPause) pause = shortestPause
      await sleep(pause, undefined, { signal: stopping.signal }).catch(() => undefined)
      pause = Math.min(pause * 2, longestPause)
    }
  })()
  return {
    async stop() {
      stopping.abort()
      child?.stdin?.end()
      child?.kill('SIGTERM')
      await running
      log.close()
    },
  }
}

/** Gives a stream's lines whole, as they come; the last one also where the stream ends within it. */
function wholeLines(stream: Readable | null, take: (lines: string) => void): void {
  let left = ''
  stream?.setEncoding('utf8').on('data', (text: string) => {
    left += text
    const end = left.lastIndexOf('\n') + 1
    if (end > 0) take(left.slice(0, end))
    left = left.slice(end)
  })
  stream?.once('end', () => {
    if (left !== '') take(`${left}\n`)
  })
}
