import { execFile } from 'node:child_process'
import { chown, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { PostgresError } from '../errors.ts'
import { type Account, asAccount } from './account.ts'
import { makePrivate, syncDirectory } from './directories.ts'
import type { Layout } from './layout.ts'
import { workersIn } from './process-table.ts'
import type { Programs } from './programs.ts'
import { roles, type Secrets } from './secrets.ts'
import { adoptConfiguration } from './settings.ts'

const run = promisify(execFile)

/** The major version that wrote a data directory; undefined if there is none. */
export async function dataMajor(data: string): Promise<number | undefined> {
  try {
    return Number.parseInt(await readFile(join(data, 'PG_VERSION'), 'utf8'), 10)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** Sorting by code point, letters as Unicode knows them, never changed by an upgrade of the system's library. */
function localeOptions(major: number): string[] {
  return major >= 17
    ? ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
    : ['--locale=C', '--lc-ctype=C.UTF-8']
}

/** Removes what interrupted starts left, except where an initdb that outlived its parent is still at work. */
async function removeUnfinished(layout: Layout, account: Account | undefined): Promise<void> {
  const prefix = basename(layout.unfinished)
  const names = (await readdir(layout.root)).filter((name) => name.startsWith(prefix))
  for (const name of names) {
    const path = join(layout.root, name)
    if ((await workersIn(path, account)).length === 0) await rm(path, { recursive: true, force: true })
  }
}

/**
 * Makes the data directory beside its place and moves it there whole, so that a start that was interrupted leaves
 * nothing that looks finished and nothing that is in the way. Throws `start-failed`.
 */
export async function initialise(
  programs: Programs,
  layout: Layout,
  secrets: Secrets,
  account: Account | undefined,
  self: number,
): Promise<void> {
  await removeUnfinished(layout, account)
  const unfinished = await mkdtemp(layout.unfinished)
  await makePrivate(unfinished, account, self)
  const passwordFile = join(layout.sockets, 'initial-password')
  await rm(passwordFile, { force: true })
  await writeFile(passwordFile, `${secrets.admin}\n`, { mode: 0o600 })
  if (account) await chown(passwordFile, account.uid, account.gid)
  const options = [
    `--pgdata=${unfinished}`,
    `--username=${roles.admin}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--data-checksums',
    ...localeOptions(programs.major),
  ]
  try {
    await run(join(programs.bin, 'initdb'), options, { ...asAccount(account), cwd: unfinished })
  } catch (error) {
    const reason = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error)
    throw new PostgresError('start-failed', { program: 'initdb', reason, log: layout.root }, error)
  } finally {
    await rm(passwordFile, { force: true })
  }
  await adoptConfiguration(unfinished)
  await rename(unfinished, layout.data)
  await syncDirectory(layout.root)
}
