import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  AgentError,
  joinServer,
  leaveServer,
  readAgentConfig,
  readMembership,
  runRemoteAgent,
} from '@hevd/agent'
import type { Bilingual } from '@hevd/core'
import { wallClock } from '../clock.ts'
import { environment } from '../config.ts'
import { wrapped } from '../terminal.ts'
import type { AgentRun } from './commands.ts'
import { hostStatus } from './host-status.ts'
import { statusText } from './status-text.ts'

/** EX_TEMPFAIL of sysexits(3): whoever keeps it running is to start it again. */
const startAgain = 75

/** Joins a server; `token` of `-` is read from standard input. Gives the exit code, as each of these does. */
export async function joinAs(
  run: AgentRun,
  server: string,
  token: string,
  name: string | null,
): Promise<number> {
  const { folder, signal } = run
  const joined = await joinServer({
    folder,
    server,
    token: token === '-' ? readFileSync(0, 'utf8').trim() : token,
    signal,
    ...(name === null ? {} : { name }),
  })
  tell(run, joined.rejoined ? said.rejoined(joined.host.name) : said.joined(joined.host.name))
  tell(run, said.next)
  return 0
}

export async function runHere({ home, signal }: AgentRun): Promise<number> {
  const config = readAgentConfig({ ...environment, HEVD_HOME: home }, process.getuid?.() === 0)
  return (await runRemoteAgent({ config, signal })) === 'stopped' ? 0 : startAgain
}

export function showStatus({ folder, locale, terminal }: AgentRun, json: boolean): number {
  const status = hostStatus(folder, wallClock())
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  if (json) terminal.write(JSON.stringify(status))
  else for (const line of statusText(status, locale, zone, terminal)) terminal.write(line)
  return status.state === 'heard' ? 0 : 1
}

export async function leave(run: AgentRun): Promise<number> {
  const { folder, signal } = run
  const joined = readMembership(folder)
  if (joined === null) throw new AgentError('not-joined', { path: join(folder, 'membership.json') })
  const left = await leaveServer(folder, joined, signal)
  tell(run, left.told ? said.left : said.leftUntold(left.why))
  return left.told ? 0 : 1
}

function tell({ locale, terminal }: AgentRun, words: Bilingual): void {
  for (const line of wrapped(words[locale], terminal.columns, 0)) terminal.write(line)
}

const said = {
  joined: (host: string): Bilingual => ({
    nb: `${host} er meldt inn. Nøkkelen ble laget her og ligger bare her.`,
    en: `${host} has joined. Its key was made here and is nowhere else.`,
  }),
  rejoined: (host: string): Bilingual => ({
    nb: `${host} er meldt inn på nytt. Historien følger med, og de forrige sertifikatene er trukket tilbake: en annen maskin som brukte dem, blir ikke lenger hørt.`,
    en: `${host} has joined again. Its history goes on, and its earlier certificates are revoked: another machine that used them is no longer heard.`,
  }),
  next: {
    nb: 'Start agenten: «hevd agent run», eller som tjeneste, se «hevd agent unit».',
    en: 'Start the agent: “hevd agent run”, or as a service, see “hevd agent unit”.',
  },
  left: {
    nb: 'Verten er meldt ut. Tjeneren tar ikke lenger imot fra den, og nøkkelen er slettet her. Stopp tjenesten om den kjører; verten står i registeret til en administrator avslutter den.',
    en: 'This host has left. The server takes nothing more from it, and the key is deleted here. Stop the service if it runs; the host stays in the register until an administrator ends it.',
  },
  leftUntold: (why: Bilingual): Bilingual => ({
    nb: `Nøkkelen er slettet her, men tjeneren fikk ikke vite det: ${why.nb}. Be en administrator trekke tilbake sertifikatet under «Maskiner».`,
    en: `The key is deleted here, but the server was not told: ${why.en}. Ask an administrator to revoke the certificate under “Hosts”.`,
  }),
}
