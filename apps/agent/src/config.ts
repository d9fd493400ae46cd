import { readFileSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Duration, isDuration } from '@hevd/core'
import { z } from 'zod'
import { targetOf } from './data-scan/target.ts'
import { AgentError } from './errors.ts'

/** Settings of the agent, from the environment and `<folder>/agent.json`, read once and frozen. */
export type AgentConfig = {
  /** `<HEVD_HOME>/agent`: host-id, token, agent.json and spool. HEVD_HOME is `~/.hevd`, as root `/var/lib/hevd`. */
  readonly folder: string
  /** HEVD_SERVER, or `server`: where reports are sent; `http://127.0.0.1:4383` (HEVD_PORT). No path, no credentials. */
  readonly server: string
  readonly look: LookAt
  /** What an agent of its own (`hevd agent run`) keeps to; the one beside a server looks as fast as it can. */
  readonly limits: Limits
}

/** `limits` in agent.json. */
export type Limits = {
  /** Share of one processor that it uses over time, programs it starts counted in; 0.1. */
  readonly processor: number
  /** Mebibytes of memory past which it ends, for its unit to start it again; 384. */
  readonly memory: number
  /** How far it stands back for others (setpriority), 0 to 19; 10. */
  readonly nice: number
}

/** What is looked at besides what the host shows by itself. */
export type LookAt = {
  /**
   * `postgres`: connection URLs (`postgresql://role:password@host:port/database`) of servers to ask. The server that
   * starts the agent adds its own database's by HEVD_AGENT_POSTGRES.
   */
  readonly postgres: readonly string[]
  /** `endpoints`: TLS end points to meet as a client does, `host:port`. */
  readonly endpoints: readonly string[]
  /** `probing`: whether listening sockets of this host are spoken to; true. */
  readonly probing: boolean
  /** `cloudMetadata`: whether the cloud that the host runs in is asked for its region, where cloud-init has not said; true. */
  readonly cloudMetadata: boolean
  /** `scan`: what is looked through for secrets and personal numbers in plain text. The server cannot add to it. */
  readonly scan: {
    /** URLs of servers or databases, `postgresql://…` or `mysql://…`. */
    readonly databases: readonly string[]
    /** Folders of logs, or files. */
    readonly logs: readonly string[]
    /** Time from one scan of a place to the next; P1D. */
    readonly every: Duration
  }
  /** `backups`: the home whose `backups.json` tells what this host backs up; that of the agent itself. */
  readonly backups: string | null
}

export const lookAtNothingElse: LookAt = Object.freeze({
  postgres: [],
  endpoints: [],
  probing: true,
  cloudMetadata: true,
  scan: { databases: [], logs: [], every: 'P1D' },
  backups: null,
})

type Environment = { readonly [name: string]: string | undefined }

const isPostgresUrl = (text: string) => URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol)
const isDatabase = (text: string) => (targetOf(text)?.kind ?? 'logs') !== 'logs'
/** One without months and years, whose length is always the same. */
const isClockDuration = (text: string) => isDuration(text) && !/[YMW]/.test(text.split('T')[0] ?? '')
const endpoint = z.string().regex(/^(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]+):\d{1,5}$/, 'host:port')
const file = z.strictObject({
  server: z.string().optional(),
  postgres: z.array(z.string().refine(isPostgresUrl, 'postgresql://…')).default([]),
  endpoints: z.array(endpoint).default([]),
  probing: z.boolean().default(true),
  cloudMetadata: z.boolean().default(true),
  scan: z
    .strictObject({
      databases: z.array(z.string().refine(isDatabase, 'postgresql://… or mysql://…')).default([]),
      logs: z.array(z.string().refine((text) => targetOf(text)?.kind === 'logs', '/var/log')).default([]),
      every: z.string().refine(isClockDuration, 'P1D').default('P1D'),
    })
    .prefault({}),
  backups: z.string().startsWith('/', '/var/lib/hevd').optional(),
  limits: z
    .strictObject({
      processor: z.number().min(0.01).max(4).default(0.1),
      memory: z.number().int().min(128).default(384),
      nice: z.number().int().min(0).max(19).default(10),
    })
    .prefault({}),
})

/**
 * Reads the settings. Throws AgentError `setting-not-valid`, `settings-readable` (a password that others can read)
 * or `server-not-encrypted`.
 */
export function readAgentConfig(environment: Environment, isRoot: boolean): AgentConfig {
  const home = environment.HEVD_HOME ?? (isRoot ? '/var/lib/hevd' : join(homedir(), '.hevd'))
  const folder = join(home, 'agent')
  const { server, limits, backups = home, ...look } = readFile(join(folder, 'agent.json'))
  const own = environment.HEVD_AGENT_POSTGRES
  const postgres = own === undefined ? look.postgres : [...look.postgres, own]
  const given = environment.HEVD_SERVER ?? server ?? `http://127.0.0.1:${environment.HEVD_PORT ?? '4383'}`
  return Object.freeze({
    folder,
    server: checkedServer(given),
    look: Object.freeze({ ...look, backups, postgres }),
    limits: Object.freeze(limits),
  })
}

/** Where a server on this host leaves the token of the agent that it runs beside itself. */
export const ownTokenIn = (folder: string): string => join(folder, 'token')

/** What `<folder>/agent.json` says to look at. */
export function lookAtIn(folder: string): LookAt {
  const {
    server: _server,
    limits: _limits,
    backups = dirname(folder),
    ...look
  } = readFile(join(folder, 'agent.json'))
  return Object.freeze({ ...look, backups })
}

/** The settings of this very process. */
export function ownAgentConfig(): AgentConfig {
  return readAgentConfig(process.env, process.geteuid?.() === 0)
}

function readFile(path: string): z.infer<typeof file> {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    if (code === 'ENOENT' || code === 'ENOTDIR') return file.parse({})
    throw new AgentError('setting-not-valid', { name: path, wants: `readable (${code})` })
  }
  const parsed = file.safeParse(jsonOf(text))
  if (!parsed.success) {
    const [first] = parsed.error.issues
    const name = `${path} ${first?.path.join('.') ?? ''}`.trim()
    throw new AgentError('setting-not-valid', { name, wants: first?.message ?? 'JSON' })
  }
  const urls = [...parsed.data.postgres, ...parsed.data.scan.databases]
  const secret = urls.some((url) => new URL(url).password !== '')
  if (secret && (statSync(path).mode & 0o077) !== 0) throw new AgentError('settings-readable', { path })
  return parsed.data
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** https to anywhere, http to this host itself. */
export function checkedServer(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  const plain = url?.pathname === '/' && url.search === '' && url.username === '' && url.password === ''
  if (url === null || !plain || !/^https?:$/.test(url.protocol))
    throw new AgentError('setting-not-valid', { name: 'HEVD_SERVER', wants: 'https://hevd.example.org' })
  if (url.protocol === 'http:' && !/^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname))
    throw new AgentError('server-not-encrypted', { server: url.origin })
  return url.origin
}
