import { randomBytes } from 'node:crypto'
import { open, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { PostgresError } from '../errors.ts'
import { syncDirectory } from './directories.ts'
import { SOCKET_PORT } from './layout.ts'

/**
 * `admin` is the cluster's superuser and is used by the supervisor alone; `observer` reads settings, no data; `backup` reads
 * everything and changes nothing.
 */
export const roles = {
  admin: 'hevd_admin',
  owner: 'hevd_owner',
  runtime: 'hevd_runtime',
  observer: 'hevd_observer',
  backup: 'hevd_backup',
} as const

/** Roles that databases made by an earlier Hevd do not have: their passwords are made when they are first missed. */
const later = ['backup'] as const

export type Secrets = { readonly [R in keyof typeof roles]: string }

function isSecrets(value: unknown): value is Secrets {
  if (typeof value !== 'object' || value === null) return false
  const entries = new Map<string, unknown>(Object.entries(value))
  return Object.keys(roles).every((role) => typeof entries.get(role) === 'string')
}

/** What is stored, with a new password for each later role that is not in it. */
function supplemented(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  return { ...Object.fromEntries(later.map((role) => [role, password()])), ...value }
}

async function read(path: string): Promise<Secrets | undefined> {
  try {
    const parsed: unknown = JSON.parse(await readFile(path, 'utf8'))
    if (isSecrets(parsed)) return parsed
    const whole = supplemented(parsed)
    if (!isSecrets(whole)) return undefined
    await write(path, whole)
    return whole
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

async function write(path: string, secrets: Secrets): Promise<void> {
  const unfinished = `${path}.unfinished`
  const file = await open(unfinished, 'w', 0o600)
  try {
    await file.writeFile(`${JSON.stringify(secrets)}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(unfinished, path)
  await syncDirectory(dirname(path))
}

/** The passwords, made and stored before the database is. Throws `secrets-missing` where the database has others. */
export async function loadSecrets(path: string, databaseExists: boolean): Promise<Secrets> {
  const stored = await read(path)
  if (stored) return stored
  if (databaseExists) throw new PostgresError('secrets-missing', { path })
  const made: Secrets = {
    admin: password(),
    owner: password(),
    runtime: password(),
    observer: password(),
    backup: password(),
  }
  await write(path, made)
  return made
}

function password(): string {
  return randomBytes(24).toString('base64url')
}

/** The connection address of a role, understood by pg and by libpq. */
export function urlOf(sockets: string, role: keyof Secrets, secrets: Secrets, database: string): string {
  return `postgresql://${roles[role]}:${secrets[role]}@${encodeURIComponent(sockets)}:${SOCKET_PORT}/${database}`
}
