import { stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { collectOnce, collectors, localHost } from '@hevd/agent'
import { type Bilingual, type Coverage, type Locale, listed } from '@hevd/core'
import { clockHalts, type ServerConfig } from '@hevd/server'
import { backupsDiagnoses } from '../backups/doctor.ts'
import { openInstallation } from '../open-database.ts'
import { mark, type Terminal, wrapped } from '../terminal.ts'

/** One thing that was looked at. `remedy` is null exactly when it is as it should be. */
export type Diagnosis = {
  readonly name: string
  readonly found: Bilingual
  readonly remedy: Bilingual | null
}

const enoughSpace = 2 ** 30
const wantedNode = 24
const looking = { nb: 'Undersøker', en: 'Examining' }

/** `hevd doctor`. Exit code: 0 nothing to mend, 1 something. */
export async function doctor(deps: {
  readonly config: ServerConfig
  readonly json: boolean
  readonly locale: Locale
  readonly terminal: Terminal
}): Promise<number> {
  const { config, json, locale, terminal } = deps
  terminal.progress(`${looking[locale]} …`)
  const found = [
    nodeVersion(process.versions.node),
    await home(config.home),
    await space(config.home),
    ...(await serverAndJudging(config)),
    await logKeys(config.home),
    ...(await backupsDiagnoses(config)),
    ...(await sight(join(config.home, 'agent'))),
  ]
  if (json) terminal.write(JSON.stringify(found))
  else for (const line of found.flatMap((each) => lines(each, locale, terminal))) terminal.write(line)
  return found.some(({ remedy }) => remedy !== null) ? 1 : 0
}

function lines({ found, remedy }: Diagnosis, locale: Locale, terminal: Terminal): string[] {
  const [first = '', ...rest] = wrapped(found[locale], terminal.columns, 2)
  const shape = mark(remedy === null ? 'holds' : 'fails', terminal)
  return [
    `${shape} ${first.trimStart()}`,
    ...rest,
    ...(remedy === null ? [] : wrapped(`→ ${remedy[locale]}`, terminal.columns, 4)),
  ]
}

function nodeVersion(version: string): Diagnosis {
  const ok = Number(version.split('.')[0]) >= wantedNode
  return {
    name: 'node',
    found: { nb: `Node ${version}`, en: `Node ${version}` },
    remedy: ok
      ? null
      : { nb: `Installer Node ${wantedNode} eller nyere.`, en: `Install Node ${wantedNode} or newer.` },
  }
}

async function home(path: string): Promise<Diagnosis> {
  const found = await stat(path).catch(() => null)
  if (found === null)
    return {
      name: 'home',
      found: {
        nb: `Datamappen ${path} finnes ikke ennå.`,
        en: `The data folder ${path} does not exist yet.`,
      },
      remedy: { nb: 'Kjør «npm start»; da lages den.', en: 'Run “npm start”; it is made then.' },
    }
  const open = (found.mode & 0o022) !== 0
  return {
    name: 'home',
    found: { nb: `Datamappen er ${path}.`, en: `The data folder is ${path}.` },
    remedy: open
      ? {
          nb: `Andre kan skrive i den. Kjør «chmod go-w ${path}».`,
          en: `Others can write in it. Run “chmod go-w ${path}”.`,
        }
      : null,
  }
}

async function space(path: string): Promise<Diagnosis> {
  const system = await statfs(path).catch(() => statfs('/'))
  const free = system.bavail * system.bsize
  const gibibytes = (free / 2 ** 30).toFixed(1)
  return {
    name: 'space',
    found: { nb: `${gibibytes} GiB ledig plass for data.`, en: `${gibibytes} GiB of free space for data.` },
    remedy:
      free >= enoughSpace
        ? null
        : {
            nb: 'Frigjør plass: når disken er full, bekreftes ingenting, og loggen stanser.',
            en: 'Free some space: on a full disk nothing is acknowledged and the log stops.',
          },
  }
}

async function server({ address, port, tls }: ServerConfig): Promise<Diagnosis> {
  const host = address.includes(':') ? `[${address}]` : address
  const url = `${tls === null ? 'http' : 'https'}://${host}:${port}/health`
  const answer = await fetch(url, { signal: AbortSignal.timeout(3000) })
    .then(async (response) => (await response.json()) as { ready?: boolean; why?: Bilingual | null })
    .catch(() => null)
  if (answer === null)
    return {
      name: 'server',
      found: { nb: `Ingen Hevd svarer på ${url}.`, en: `No Hevd answers at ${url}.` },
      remedy: { nb: 'Start den med «npm start».', en: 'Start it with “npm start”.' },
    }
  const why = answer.why ?? null
  return {
    name: 'server',
    found: { nb: `Tjeneren svarer på ${url}.`, en: `The server answers at ${url}.` },
    remedy: answer.ready === true ? why : (why ?? { nb: 'Se i loggen.', en: 'Look into the log.' }),
  }
}

/** The server, and where one answers, whether its judging stands still because the database's clock jumped. */
async function serverAndJudging(config: ServerConfig): Promise<Diagnosis[]> {
  const found = await server(config)
  return found.remedy === null ? [found, ...(await clock(config))] : [found]
}

async function clock(config: ServerConfig): Promise<Diagnosis[]> {
  const installation = await openInstallation(config)
  try {
    const halts = await clockHalts(installation.db)
    return halts.map(({ organisation, seconds }) => ({
      name: 'clock',
      found: {
        nb: `Vurderingen av ${organisation} står stille: databasens klokke har hoppet ${seconds} sekunder.`,
        en: `The judging of ${organisation} stands still: the database’s clock has jumped ${seconds} seconds.`,
      },
      remedy: {
        nb: `Still klokken der databasen kjører. Er den riktig nå, bekrefter en administrator det med POST /api/judging/clock {"seconds": ${seconds}}.`,
        en: `Set the clock where the database runs. If it is right now, an administrator confirms that with POST /api/judging/clock {"seconds": ${seconds}}.`,
      },
    }))
  } finally {
    await installation.close()
  }
}

async function logKeys(path: string): Promise<Diagnosis> {
  const folder = join(path, 'ledger')
  const found = await stat(folder).catch(() => null)
  const open = found !== null && (found.mode & 0o077) !== 0
  return {
    name: 'log-keys',
    found:
      found === null
        ? { nb: 'Loggnøkler er ikke laget ennå.', en: 'Log keys are not made yet.' }
        : { nb: `Loggnøklene ligger under ${folder}.`, en: `The log keys lie under ${folder}.` },
    remedy: open
      ? {
          nb: `Andre kan lese mappen. Kjør «chmod 700 ${folder}».`,
          en: `Others can read it. Run “chmod 700 ${folder}”.`,
        }
      : null,
  }
}

/** What the agent could not see of this host, by the right that is missing. */
async function sight(folder: string): Promise<Diagnosis[]> {
  const access = await localHost(folder)
  const { coverage } = await collectOnce(access, collectors)
  const gaps = coverage.filter(({ state }) => state !== 'complete')
  const whole = coverage.length - gaps.length
  return [
    {
      name: 'sight',
      found: {
        nb: `Agenten ser ${whole} av ${coverage.length} deler av verten.`,
        en: `The agent sees ${whole} of ${coverage.length} parts of the host.`,
      },
      remedy: null,
    },
    ...causes(gaps).map(({ types, state, detail }) => ({
      name: `sight/${types.join('+')}`,
      found: {
        nb: `Ser ikke alt av ${listed('nb', types)}${state === 'needs-right' ? '.' : `: ${detail}`}`,
        en: `Does not see all of ${listed('en', types)}${state === 'needs-right' ? '.' : `: ${detail}`}`,
      },
      remedy:
        state === 'needs-right'
          ? rightNeeded(detail)
          : {
              nb: 'Rett feilen som er nevnt; agenten prøver igjen.',
              en: 'Mend the fault that is named; the agent tries again.',
            },
    })),
  ]
}

/** Gaps with one cause as one, so that a remedy is read once. */
function causes(gaps: readonly Coverage[]) {
  const byCause = new Map<
    string,
    { readonly types: string[]; readonly state: Coverage['state']; readonly detail: string }
  >()
  for (const { type, state, detail } of gaps) {
    const key = `${state} ${detail}`
    const known = byCause.get(key) ?? { types: [], state, detail }
    byCause.set(key, known)
    if (!known.types.includes(type)) known.types.push(type)
  }
  return [...byCause.values()]
}

/** How somebody gives the agent a right that it says it lacks. */
function rightNeeded(right: string): Bilingual {
  return right === 'root'
    ? {
        nb: 'Kjør Hevd som root, så ser agenten også dette.',
        en: 'Run Hevd as root; then the agent sees this too.',
      }
    : { nb: `Gi agenten retten den mangler: ${right}`, en: `Give the agent the right it lacks: ${right}` }
}
