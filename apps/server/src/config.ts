import { homedir } from 'node:os'
import { join } from 'node:path'
import { type Duration, isDuration } from '@hevd/core'
import type { SmtpConfig } from '@hevd/notices'
import { ServerError } from './errors.ts'
import { isLoopback } from './loopback.ts'
import { mailOf } from './mail-config.ts'
import { type SealSettings, sealsOf } from './seal-config.ts'

export { isLoopback }

/** Settings of the server, read from the environment once and frozen. */
export type ServerConfig = {
  /** HEVD_HOME: data directory. `~/.hevd`, as root `/var/lib/hevd`. */
  readonly home: string
  /** HEVD_PORT: 4383. 0 takes any free one. */
  readonly port: number
  /** HEVD_ADDRESS: address to listen on, `127.0.0.1`. Anything but loopback needs TLS. */
  readonly address: string
  /** HEVD_ORIGIN: where people reach it, such as `https://hevd.example.org`; from address and port if not given. */
  readonly origin: string | null
  /** HEVD_TLS_CERT and HEVD_TLS_KEY: PEM files; null for none. */
  readonly tls: { readonly certFile: string; readonly keyFile: string } | null
  /** DATABASE_URL and HEVD_MIGRATE_URL: the organisation's own PostgreSQL; null runs one of ours. */
  readonly database: { readonly runtimeUrl: string; readonly ownerUrl: string } | null
  /** HEVD_POSTGRES: whose PostgreSQL programs are run; undefined takes the system's, else the embedded. */
  readonly postgres: 'system' | 'embedded' | undefined
  /**
   * HEVD_WITNESSES: who is asked to cosign each checkpoint, as `<url> <verifier key>`, several with commas between.
   * The name is the key's.
   */
  readonly witnesses: readonly { readonly name: string; readonly url: string; readonly verifierKey: string }[]
  /** Agents of other hosts; null where they are not listened for. */
  readonly agents: AgentsListener | null
  /** HEVD_RETENTION: how long a person is kept after the last day, ISO 8601; `P1Y`. */
  readonly retention: Duration
  /**
   * HEVD_SMTP_URL, HEVD_MAIL_FROM, HEVD_SMTP_PLAIN, HEVD_SMTP_CA: the mail server that notices leave by; null for none
   * (mail-config.ts).
   */
  readonly smtp: SmtpConfig | null
  /** HEVD_WEBHOOK_INTERNAL=allow: receivers of notices may be on this host and in private networks. */
  readonly internalReceivers: boolean
  /** HEVD_SEAL_…: what can seal the vault's root key beside shares (seal-config.ts). */
  readonly seals: SealSettings
  readonly path: string
  /** HEVD_LOG_LEVEL: `info`. */
  readonly logLevel: string
}

/** A listener for agents of other hosts alone: TLS 1.3 with client certificates of our own authority. */
export type AgentsListener = {
  /** HEVD_AGENTS_ADDRESS: address to listen on, `0.0.0.0` where HEVD_AGENTS_PORT alone is set. */
  readonly address: string
  /** HEVD_AGENTS_PORT: 4385 where HEVD_AGENTS_ADDRESS alone is set. 0 takes any free one. */
  readonly port: number
  /** HEVD_AGENTS_ORIGIN: where agents reach it; from HEVD_ORIGIN's name or this host's, and the port, if not given. */
  readonly origin: string | null
  /** HEVD_AGENTS_CERTIFICATE: how long agents' certificates are good, `P7D`. */
  readonly certificateLife: Duration
  /** HEVD_AGENTS_AUTHORITY=new: make a new authority in the place of one that was lost. Every agent must join again. */
  readonly newAuthority: boolean
}

type Environment = { readonly [name: string]: string | undefined }

/** Reads the settings; throws ServerError `setting-not-valid` naming the variable and what it may be. */
export function readConfig(environment: Environment, isRoot: boolean): ServerConfig {
  const runtimeUrl = environment.DATABASE_URL
  const certFile = environment.HEVD_TLS_CERT
  const keyFile = environment.HEVD_TLS_KEY
  if ((certFile === undefined) !== (keyFile === undefined))
    throw new ServerError('setting-not-valid', {
      name: 'HEVD_TLS_CERT, HEVD_TLS_KEY',
      wants: 'both or neither',
    })
  const config: ServerConfig = {
    home: environment.HEVD_HOME ?? (isRoot ? '/var/lib/hevd' : join(homedir(), '.hevd')),
    port: portOf('HEVD_PORT', environment.HEVD_PORT ?? '4383'),
    address: environment.HEVD_ADDRESS ?? '127.0.0.1',
    origin: originOf('HEVD_ORIGIN', environment.HEVD_ORIGIN),
    tls: certFile === undefined || keyFile === undefined ? null : { certFile, keyFile },
    database:
      runtimeUrl === undefined ? null : { runtimeUrl, ownerUrl: environment.HEVD_MIGRATE_URL ?? runtimeUrl },
    postgres: postgresOf(environment.HEVD_POSTGRES),
    witnesses: witnessesOf(environment.HEVD_WITNESSES),
    agents: agentsOf(environment),
    retention: retentionOf(environment.HEVD_RETENTION ?? 'P1Y'),
    smtp: mailOf(environment),
    internalReceivers: internalOf(environment.HEVD_WEBHOOK_INTERNAL),
    seals: sealsOf(environment),
    path: environment.PATH ?? '',
    logLevel: environment.HEVD_LOG_LEVEL ?? 'info',
  }
  if (config.tls === null && !isLoopback(config.address))
    throw new ServerError('tls-needed', { address: config.address })
  return Object.freeze(config)
}

function portOf(name: string, text: string): number {
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port
  throw new ServerError('setting-not-valid', { name, wants: '0–65535' })
}

function originOf(name: string, text: string | undefined): string | null {
  if (text === undefined) return null
  if (URL.canParse(text) && new URL(text).origin === text.replace(/\/$/, '')) return new URL(text).origin
  throw new ServerError('setting-not-valid', { name, wants: 'https://hevd.example.org' })
}

function agentsOf(environment: Environment): AgentsListener | null {
  const { HEVD_AGENTS_ADDRESS: address, HEVD_AGENTS_PORT: port } = environment
  if (address === undefined && port === undefined) return null
  const life = environment.HEVD_AGENTS_CERTIFICATE ?? 'P7D'
  const authority = environment.HEVD_AGENTS_AUTHORITY
  if (!isDuration(life))
    throw new ServerError('setting-not-valid', { name: 'HEVD_AGENTS_CERTIFICATE', wants: 'P7D' })
  if (authority !== undefined && authority !== 'new')
    throw new ServerError('setting-not-valid', { name: 'HEVD_AGENTS_AUTHORITY', wants: 'new' })
  return {
    address: address ?? '0.0.0.0',
    port: portOf('HEVD_AGENTS_PORT', port ?? '4385'),
    origin: originOf('HEVD_AGENTS_ORIGIN', environment.HEVD_AGENTS_ORIGIN),
    certificateLife: life,
    newAuthority: authority === 'new',
  }
}

function retentionOf(text: string): Duration {
  if (isDuration(text) && /^P(\d+Y)?(\d+M)?(\d+D)?$/.test(text)) return text
  throw new ServerError('setting-not-valid', { name: 'HEVD_RETENTION', wants: 'P1Y, P6M, P90D' })
}

function internalOf(text: string | undefined): boolean {
  if (text === undefined || text === 'allow') return text !== undefined
  throw new ServerError('setting-not-valid', { name: 'HEVD_WEBHOOK_INTERNAL', wants: 'allow' })
}

function postgresOf(text: string | undefined): ServerConfig['postgres'] {
  if (text === undefined || text === 'system' || text === 'embedded') return text
  throw new ServerError('setting-not-valid', { name: 'HEVD_POSTGRES', wants: 'system, embedded' })
}

function witnessesOf(text: string | undefined): ServerConfig['witnesses'] {
  return (text ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map((entry) => {
      const [url = '', verifierKey = '', ...rest] = entry.split(/\s+/)
      const name = verifierKey.split('+')[0] ?? ''
      if (!URL.canParse(url) || name === '' || rest.length > 0)
        throw new ServerError('setting-not-valid', {
          name: 'HEVD_WITNESSES',
          wants: 'https://witness.example.org witness+hash+key',
        })
      return { name, url, verifierKey }
    })
}
