import { basename, resolve } from 'node:path'
import type { SettingsFile } from '@hevd/archive'
import { BackupsError } from './errors.ts'

/** What `init` and `add` are given of a plan. */
export type PlanOptions = {
  readonly target?: string
  readonly to?: string
  readonly hostKey?: string
  readonly keyFile?: string
  readonly endpoint?: string
  readonly region?: string
  readonly credentials?: string
  readonly postgres?: string
  readonly folder?: string
  readonly exclude?: readonly string[]
  readonly recipient?: readonly string[]
  readonly name?: string
  readonly full: string
  readonly incremental?: string
  readonly keepWithin: string
  readonly keepAtLeast: string
}

type PlanInFile = NonNullable<SettingsFile['plans']>[number]
type TargetInFile = SettingsFile['targets'][string]

/**
 * The plan that options describe, as backups.json has it; what stands in it is checked when the file is read.
 * Throws BackupsError `one-of-two`, `password-on-command-line`.
 *
 * @param standardInput where the address of a database is read from for `--postgres -`
 */
export async function planOf(
  options: PlanOptions,
  target: string,
  standardInput: () => Promise<string>,
): Promise<PlanInFile> {
  const { postgres, folder, exclude, full, incremental, keepWithin } = options
  if ((postgres === undefined) === (folder === undefined)) throw new BackupsError('one-of-two')
  const rest = { target, full, keep: { within: keepWithin } }
  if (folder !== undefined) {
    const of = { folder: resolve(folder), ...(exclude === undefined ? {} : { exclude: [...exclude] }) }
    return {
      name: options.name ?? named(basename(resolve(folder))),
      of,
      ...rest,
      incremental: incremental ?? 'P1D',
    }
  }
  const url = postgres === '-' ? (await standardInput()).trim() : (postgres ?? 'own')
  if (postgres !== '-' && url !== 'own' && URL.canParse(url) && new URL(url).password !== '')
    throw new BackupsError('password-on-command-line')
  const host = url === 'own' || !URL.canParse(url) ? 'hevd' : new URL(url).hostname
  return {
    name: options.name ?? named(host),
    of: { postgres: url },
    ...rest,
    incremental: incremental ?? 'PT5M',
  }
}

/** The target of `--to`, as backups.json has it. Throws BackupsError `place-not-valid`, `option-missing`. */
export function targetOf(options: PlanOptions): TargetInFile {
  const { to } = options
  if (to === undefined) throw new BackupsError('option-missing', { option: '--to', wants: '/srv/backups' })
  if (to.startsWith('/')) return { kind: 'folder', path: resolve(to) }
  const url = URL.canParse(to) ? new URL(to) : null
  const path = decodeURIComponent(url?.pathname ?? '')
  if (url?.protocol === 'sftp:' && url.username !== '' && path.length > 1 && url.password === '')
    return {
      kind: 'sftp',
      host: url.hostname,
      ...(url.port === '' ? {} : { port: Number(url.port) }),
      user: decodeURIComponent(url.username),
      path,
      hostKey: given(options.hostKey, '--host-key', 'SHA256:…'),
      ...(options.keyFile === undefined ? {} : { keyFile: resolve(options.keyFile) }),
    }
  if (url?.protocol === 's3:' && url.hostname !== '')
    return {
      kind: 's3',
      endpoint: given(options.endpoint, '--endpoint', 'https://s3.eu-north-1.amazonaws.com'),
      region: given(options.region, '--region', 'eu-north-1'),
      bucket: url.hostname,
      prefix: path.replace(/^\/+|\/+$/g, ''),
      credentials: { file: resolve(given(options.credentials, '--credentials', '~/.aws/credentials')) },
    }
  throw new BackupsError('place-not-valid', { place: to.replace(/\/\/[^/]*@/, '//…@') })
}

function given(value: string | undefined, option: string, wants: string): string {
  if (value === undefined) throw new BackupsError('option-missing', { option, wants })
  return value
}

/** A name for the repository made of another. */
function named(text: string): string {
  const name = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 63)
  return name === '' ? 'files' : name
}
