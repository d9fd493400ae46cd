import { mkdir, open, readFile, rename, rm, rmdir, symlink, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { accountOf } from '@hevd/postgres'
import type { BackupRecord } from '../backup.ts'
import { ArchiveError } from '../errors.ts'
import { listBackups } from '../repository/list-backups.ts'
import { openBackupFile } from '../repository/read-file.ts'
import { lsnNumber } from '../repository/wal.ts'
import { manifestFile } from './back-up.ts'
import { giveTo, isFree, makeDurable } from './durable-tree.ts'
import { type Manifest, parseManifest } from './manifest.ts'
import type { RestoredPostgres, RestorePostgres } from './options.ts'
import { prepareRecovery } from './recovery.ts'
import { restoreWal } from './restore-wal.ts'
import { unsealed } from './sealed.ts'
import { unpack } from './unpack.ts'

type Postgresql = NonNullable<BackupRecord['postgresql']>

/**
 * Restores a backup and the log after it into a new folder, in which a server of the same major version recovers by itself.
 * Every file is compared with PostgreSQL's own manifest. Until all is there and outlives a power cut, the folder is called
 * `<into>.partial`; one that an earlier attempt left is removed first.
 * Throws `into-not-empty`, `backup-missing`, `moment-out-of-reach`, `wal-missing`, `backup-changed`, `file-damaged`,
 * `identity-not-fitting`, `content-differs`, `entry-unsafe`.
 */
export const restorePostgres = (options: RestorePostgres): Promise<RestoredPostgres> =>
  restoreTree(options, true)

/** {@link restorePostgres}, of what need not outlive a power cut too. */
export async function restoreTree(options: RestorePostgres, durable: boolean): Promise<RestoredPostgres> {
  const into = resolve(options.into)
  if (!(await isFree(into))) throw new ArchiveError('into-not-empty', { into })
  const { backup, postgresql } = await chooseBackup(options)
  const owner = options.owner ?? (await accountOf('postgres'))
  const partial = `${into}.partial`
  await rm(partial, { recursive: true, force: true })
  await mkdir(dirname(into), { recursive: true })
  await mkdir(partial, { mode: 0o700 })
  const data = join(partial, 'data')
  await mkdir(data, { mode: 0o700 })
  await mkdir(join(partial, 'wal'), { mode: 0o700 })
  const manifest = parseManifest(await buffer(openUnsealed(options, backup, manifestFile)))
  await unpackAll(options, backup, manifest, partial, into)
  const segments = await restoreWal(options, postgresql, join(partial, 'wal'))
  await prepareRecovery(data, join(into, 'wal'), options.until)
  if (owner !== undefined && process.getuid?.() === 0) await giveTo(partial, owner)
  if (durable) await makeDurable(partial)
  if (!(await isFree(into))) throw new ArchiveError('into-not-empty', { into })
  await rmdir(into).catch(() => {})
  await rename(partial, into)
  await syncFolder(dirname(into))
  return {
    backup,
    data: join(into, 'data'),
    wal: join(into, 'wal'),
    major: Number.parseInt(postgresql.version, 10),
    files: manifest.size,
    segments,
  }
}

async function chooseBackup({ repository, source, until, backupId }: RestorePostgres): Promise<{
  readonly backup: BackupRecord
  readonly postgresql: Postgresql
}> {
  const { backups } = await listBackups(repository, source)
  const reaches = ({ endedAt, postgresql }: BackupRecord) => {
    if (until === 'latest' || until === 'backup') return true
    if ('time' in until) return endedAt <= until.time
    return postgresql !== null && lsnNumber(postgresql.endLsn) <= lsnNumber(until.lsn)
  }
  const wanted = backups.filter(({ id }) => backupId === undefined || id === backupId)
  const backup = wanted.findLast((each) => each.postgresql !== null && reaches(each))
  if (backup !== undefined && backup.postgresql !== null) return { backup, postgresql: backup.postgresql }
  if (wanted.length === 0 || typeof until === 'string')
    throw new ArchiveError('backup-missing', { source, id: backupId ?? '' })
  const moment = 'time' in until ? new Date(until.time).toISOString() : until.lsn
  throw new ArchiveError('moment-out-of-reach', { source, until: moment })
}

/** The content of a file of a backup; errors name the file. */
export async function* openUnsealed(
  { repository, identities, signal }: Pick<RestorePostgres, 'repository' | 'identities' | 'signal'>,
  backup: BackupRecord,
  name: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  yield* unsealed(identities, await openBackupFile(repository, backup, name, signal), name)
}

const tablespaceFile = /^(\d+)\.tar\.zst\.age$/

async function unpackAll(
  options: RestorePostgres,
  backup: BackupRecord,
  manifest: Manifest,
  partial: string,
  into: string,
): Promise<void> {
  const data = join(partial, 'data')
  const found = new Set<string>()
  const total = [...manifest.values()].reduce((sum, { bytes }) => sum + bytes, 0)
  let done = 0
  const progress = (bytes: number) => {
    options.signal?.throwIfAborted()
    done += bytes
    options.progress?.('files', done, total)
  }
  await unpack(openUnsealed(options, backup, 'base.tar.zst.age'), data, '', manifest, found, progress)
  const oids = backup.files.flatMap(({ name }) => tablespaceFile.exec(name)?.[1] ?? [])
  for (const oid of oids) {
    const root = join(partial, 'tablespaces', oid)
    await mkdir(root, { recursive: true, mode: 0o700 })
    await unpack(
      openUnsealed(options, backup, `${oid}.tar.zst.age`),
      root,
      `pg_tblspc/${oid}/`,
      manifest,
      found,
      progress,
    )
  }
  for (const name of manifest.keys())
    if (!found.has(name)) throw new ArchiveError('content-differs', { name, reason: 'is missing' })
  if (oids.length > 0) await mapTablespaces(data, oids, join(into, 'tablespaces'))
}

/** The server makes the links anew from `tablespace_map` when it recovers; it refuses folders in their place. */
async function mapTablespaces(data: string, oids: readonly string[], places: string): Promise<void> {
  for (const oid of oids) await symlink(join(places, oid), join(data, 'pg_tblspc', oid))
  const path = join(data, 'tablespace_map')
  const listed = new Set((await readFile(path, 'latin1')).split('\n').map((line) => line.split(' ')[0]))
  const escaped = (place: string) => place.replaceAll(/[\n\r\\]/g, '\\$&')
  const lines = oids.filter((oid) => listed.has(oid)).map((oid) => `${oid} ${escaped(join(places, oid))}\n`)
  await writeFile(path, lines.join(''))
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
