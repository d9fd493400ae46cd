import { homedir } from 'node:os'
import { join } from 'node:path'
import { ServerError } from './errors.ts'

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
  readonly path: string
  /** HEVD_LOG_LEVEL: `info`. */
  readonly logLevel: string
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
    port: portOf(environment.HEVD_PORT ?? '4383'),
    address: environment.HEVD_ADDRESS ?? '127.0.0.1',
    origin: originOf(environment.HEVD_ORIGIN),
    tls: certFile === undefined || keyFile === undefined ? null : { certFile, keyFile },
    database:
      runtimeUrl === undefined ? null : { runtimeUrl, ownerUrl: environment.HEVD_MIGRATE_URL ?? runtimeUrl },
    postgres: postgresOf(environment.HEVD_POSTGRES),
    witnesses: witnessesOf(environment.HEVD_WITNESSES),
    path: environment.PATH ?? '',
    logLevel: environment.HEVD_LOG_LEVEL ?? 'info',
  }
  if (config.tls === null && !isLoopback(config.address))
    throw new ServerError('tls-needed', { address: config.address })
  return Object.freeze(config)
}

/** Whether an address is reached from this host alone. */
export function isLoopback(address: string): boolean {
  return address === 'localhost' || address === '::1' || /^127(\.\d{1,3}){3}$/.test(address)
}

function portOf(text: string): number {
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port
  throw new ServerError('setting-not-valid', { name: 'HEVD_PORT', wants: '0–65535' })
}

function originOf(text: string | undefined): string | null {
  if (text === undefined) return null
  if (URL.canParse(text) && new URL(text).origin === text.replace(/\/$/, '')) return new URL(text).origin
  throw new ServerError('setting-not-valid', { name: 'HEVD_ORIGIN', wants: 'https://hevd.example.org' })
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
