import { chmod, chown, lstat, mkdir, open, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { PostgresError } from '../errors.ts'
import type { Account } from './account.ts'
import type { Layout } from './layout.ts'

const PASSABLE_BY_OTHERS = 0o001

async function isPassable(path: string, account: Account): Promise<boolean> {
  const { mode, uid, gid } = await stat(path)
  if (uid === account.uid) return (mode & 0o100) !== 0
  if (gid === account.gid) return (mode & 0o010) !== 0
  return (mode & PASSABLE_BY_OTHERS) !== 0
}

/** The directory and all above it, the highest first. */
function withAncestors(path: string): string[] {
  const above = dirname(path)
  return above === path ? [path] : [...withAncestors(above), path]
}

/** PostgreSQL's account must be able to pass to its data; our own two directories are opened, others are not ours to change. */
async function openWay(home: string, root: string, account: Account): Promise<void> {
  for (const path of withAncestors(root)) {
    if (await isPassable(path, account)) continue
    const { mode, uid } = await stat(path)
    if ((path !== home && path !== root) || uid !== 0) {
      throw new PostgresError('path-closed', { path, account: account.name })
    }
    await chmod(path, (mode & 0o7777) | PASSABLE_BY_OTHERS)
  }
}

/** Throws `path-closed` where the account cannot pass through one of the folders above a path. */
export async function refuseClosedWay(path: string, account: Account): Promise<void> {
  for (const above of withAncestors(dirname(path)))
    if (!(await isPassable(above, account)))
      throw new PostgresError('path-closed', { path: above, account: account.name })
}

/** A directory that belongs to the account alone; one put there by somebody else is refused, not used. */
export async function makePrivate(path: string, account: Account | undefined, self: number): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 })
  const found = await lstat(path)
  const owner = account?.uid ?? self
  if (!found.isDirectory() || (found.uid !== owner && found.uid !== self)) {
    throw new PostgresError('not-ours', { path, owner: found.uid, user: self })
  }
  if (account && found.uid !== account.uid) await chown(path, account.uid, account.gid)
  if ((found.mode & 0o777) !== 0o700) await chmod(path, 0o700)
}

/** Makes `<home>/postgres`, as root passable for others: the data lies in it, behind a directory of its own. */
export async function makeRoot(root: string, self: number): Promise<void> {
  await mkdir(root, { recursive: true, mode: self === 0 ? 0o711 : 0o700 })
}

/** Opens the way to the data and makes the directories of sockets and logs. Throws `path-closed`, `not-ours`. */
export async function prepareDirectories(
  home: string,
  layout: Layout,
  account: Account | undefined,
  self: number,
): Promise<void> {
  if (account) await openWay(home, layout.root, account)
  await makePrivate(layout.sockets, account, self)
  await makePrivate(layout.logs, account, self)
}

/** Makes a rename in the directory survive a power cut (rename(2) and fsync(2): the directory is synced, not the file). */
export async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r')
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}
