import { mkdirSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { hostIdentity } from '@hevd/agent'
import type { Locale } from '@hevd/core'
import { type Server, type ServerConfig, startServer } from '@hevd/server'
import { superviseAgent } from '../agent/supervise-agent.ts'
import { superviseBackups } from '../backups/supervise-backups.ts'
import { sleeplessClock } from '../clock.ts'
import { serverLog } from '../server-log.ts'
import type { Terminal } from '../terminal.ts'
import { version } from '../version.ts'

const words = {
  nb: {
    ready: 'Hevd kjører.',
    address: 'Konsollen',
    trust: 'Offentlig side',
    database: 'Database',
    data: 'Data og logg',
    agent: (isRoot: boolean) =>
      isRoot
        ? 'leser denne verten som root, endrer ingenting'
        : 'leser denne verten uten root; det den ikke får lese, vises som ukjent med rettigheten den trenger',
    agentName: 'Agent',
    first: 'Første innlogging. Lenken gjelder én gang, i sju dager, og gjør deg til administrator:',
    again: 'Mistet lenken eller passordfrasen? «npm start -- --new-link» gir en ny lenke.',
    stop: 'Ctrl C stopper.',
    stopping: 'Stopper …',
    stopped: 'Stoppet. Alt som var bekreftet, er lagret.',
  },
  en: {
    ready: 'Hevd is running.',
    address: 'Console',
    trust: 'Public page',
    database: 'Database',
    data: 'Data and log',
    agent: (isRoot: boolean) =>
      isRoot
        ? 'reads this host as root and changes nothing'
        : 'reads this host without root; what it may not read is shown as unknown, with the right it needs',
    agentName: 'Agent',
    first: 'First sign-in. The link works once, for seven days, and makes you an administrator:',
    again: 'Lost the link or the passphrase? “npm start -- --new-link” gives a new link.',
    stop: 'Ctrl C stops it.',
    stopping: 'Stopping …',
    stopped: 'Stopped. All that was acknowledged is stored.',
  },
} as const

export type UpDeps = {
  readonly config: ServerConfig
  readonly locale: Locale
  readonly terminal: Terminal
  readonly environment: NodeJS.ProcessEnv
  /** Print a new one-time administrator link although somebody can sign in already. */
  readonly newLink: boolean
  /** Aborted when the server is to stop. */
  readonly stopping: AbortSignal
}

/** `hevd up`: server, console, database and the agent for this host, until it is told to stop. */
export async function up(deps: UpDeps): Promise<void> {
  const { config, locale, terminal, stopping } = deps
  const say = words[locale]
  mkdirSync(config.home, { recursive: true, mode: 0o711 })
  const agentFolder = join(config.home, 'agent')
  const server = await startServer({
    config,
    version,
    logger: serverLog(config),
    monotonic: sleeplessClock(),
    progress: (step) => terminal.progress(`${step[locale]} …`),
    thisHost: hostIdentity(agentFolder),
    firstStart: {
      name: deps.environment.HEVD_ORGANISATION ?? hostname(),
      locale,
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    },
  })
  const agent = startAgent(server, deps, agentFolder)
  const backups = superviseBackups(config.home, deps.environment)
  for (const line of banner(server, deps, deps.newLink ? await server.newLink() : server.firstLink))
    terminal.write(line)
  await new Promise((stop) => stopping.addEventListener('abort', stop, { once: true }))
  terminal.write(say.stopping)
  await Promise.all([agent.stop(), backups.stop()])
  await server.stop()
  terminal.write(say.stopped)
}

function startAgent(
  server: Server,
  { config, environment }: UpDeps,
  folder: string,
): { stop(): Promise<void> } {
  if (server.agentToken !== null)
    writeFileSync(join(folder, 'token'), `${server.agentToken}\n`, { mode: 0o600, flush: true })
  return superviseAgent({
    home: config.home,
    server: server.origin,
    certificate: config.tls?.certFile ?? null,
    observerUrl: server.observerUrl,
    environment,
  })
}

function banner(server: Server, { config, locale }: UpDeps, link: string | null): string[] {
  const say = words[locale]
  const rows: readonly (readonly [string, string])[] = [
    [say.address, server.origin],
    [say.trust, `${server.origin}/trust`],
    [say.database, server.database[locale]],
    [say.data, config.home],
    [say.agentName, say.agent(process.getuid?.() === 0)],
  ]
  const width = Math.max(...rows.map(([name]) => name.length))
  return [
    '',
    `● ${say.ready}`,
    ...rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`),
    '',
    ...(link === null ? [`  ${say.again}`] : [`  ${say.first}`, '', `  ${link}`]),
    '',
    `  ${say.stop}`,
  ]
}
