import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import {
  type FileHandle,
  lstat,
  mkdir,
  open,
  readdir,
  realpath,
  rename,
  rm,
  rmdir,
  unlink,
} from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Clock } from '@hevd/core'
import { ArchiveError } from '../../errors.ts'
import type { Target, TargetFile } from '../../target.ts'
import { requirePlain, unfinishedFolder, unfinishedFor } from '../path.ts'
import type { FolderSetting } from '../setting.ts'
import { fileErrors, isMissing } from './file-errors.ts'

/**
 * A folder of this host. A file is written in `.unfinished`, synced, renamed to its place, and the folder of that synced;
 * files are 0600 and folders 0700. Nothing below the folder is reached through a symbolic link. A writer that was killed
 * may have left names that can be seen and are not durable: the next one makes them so before it goes by them.
 */
export async function folderTarget(
  { path: given }: FolderSetting,
  clock: Clock,
  sweeps: boolean,
): Promise<Target> {
  const name = `folder ${given}`
  const told = fileErrors(name)
  const root = await told(given, () =>
    realpath(given).catch((error: unknown) => {
      if (!isMissing(error)) throw error
      throw new ArchiveError('target-unreachable', { target: name, reason: 'the folder is not there' })
    }),
  )
  if (sweeps) {
    await told(unfinishedFolder, () => removeOld(join(root, unfinishedFolder), clock.now() - unfinishedFor))
    await told('', () => syncFolders(root))
  }
  /** Folders whose names this process has made durable. */
  const durable = new Set<string>()

  /** The place of a path, each folder on its way a folder of its own. Throws `path-outside`, ENOENT. */
  async function placeOf(path: string): Promise<string> {
    requirePlain(name, path)
    const parts = path.split('/')
    for (let length = 1; length < parts.length; length += 1)
      await requireFolder(name, path, join(root, ...parts.slice(0, length)))
    return join(root, path)
  }

  async function* below(folder: string): AsyncGenerator<TargetFile> {
    const place = folder === '' ? root : await placeOf(folder).catch(orMissing(null))
    if (place === null) return
    if (folder !== '' && (await lstat(place).catch(orMissing(null)))?.isDirectory() !== true) return
    for (const entry of await readdir(place, { withFileTypes: true })) {
      if (folder === '' && entry.name === unfinishedFolder) continue
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (entry.isDirectory()) yield* below(path)
      if (!entry.isFile()) continue
      const found = await lstat(join(place, entry.name)).catch(orMissing(null))
      if (found !== null) yield { path, bytes: found.size, modifiedAt: Math.floor(found.mtimeMs) }
    }
  }

  /** Once more where the folder was found empty and removed meanwhile. */
  async function moveInto(unfinished: string, path: string, tries = 3): Promise<void> {
    await makeFolders(root, dirname(path), durable)
    const place = await placeOf(path)
    try {
      await rename(unfinished, place)
    } catch (error) {
      if (!isMissing(error) || tries === 0) throw error
      return moveInto(unfinished, path, tries - 1)
    }
    await syncFolder(dirname(place))
  }

  return {
    kind: 'folder',
    name,
    async *list(folder) {
      const files = below(folder)
      for (;;) {
        const next = await told(folder, () => files.next())
        if (next.done === true) return
        yield next.value
      }
    },
    folders: (folder) =>
      told(folder, async () => {
        const place = folder === '' ? root : await placeOf(folder).catch(orMissing(null))
        if (place === null) return []
        const entries = await readdir(place, { withFileTypes: true }).catch(orMissing([]))
        return entries
          .filter((entry) => entry.isDirectory() && entry.name !== unfinishedFolder)
          .map(({ name }) => name)
      }),
    get: (path, signal) =>
      told(path, async () => {
        const file = await open(await placeOf(path), constants.O_RDONLY | constants.O_NOFOLLOW)
        return file.createReadStream({ highWaterMark: 1 << 20, ...(signal === undefined ? {} : { signal }) })
      }),
    async put(path, content, signal) {
      requirePlain(name, path)
      const unfinished = join(root, unfinishedFolder, randomUUID())
      const file = await told(path, async () => {
        await makeFolders(root, unfinishedFolder, durable)
        return open(unfinished, 'wx', 0o600)
      })
      try {
        let bytes = 0
        for await (const chunk of content) {
          signal?.throwIfAborted()
          await told(path, () => writeAll(file, chunk))
          bytes += chunk.length
        }
        await told(path, async () => {
          await file.sync()
          await moveInto(unfinished, path)
        })
        return { bytes }
      } finally {
        await file.close()
        await rm(unfinished, { force: true })
      }
    },
    makeDurable: (folder) =>
      told(folder, async () => {
        let place = await placeOf(folder).catch(orMissing(null))
        for (; place !== null; place = place === root ? null : dirname(place))
          await syncFolder(place).catch(orMissing(undefined))
      }),
    remove: (path) =>
      told(path, async () => {
        const place = await placeOf(path).catch(orMissing(null))
        if (place === null) return
        await unlink(place).catch(orMissing(undefined))
        await syncFolder(dirname(place))
        await removeEmpty(root, dirname(path))
      }),
    close: async () => {},
  }
}

async function writeAll(file: FileHandle, chunk: Uint8Array): Promise<void> {
  let rest = chunk
  while (rest.length > 0) rest = rest.subarray((await file.write(rest)).bytesWritten)
}

/**
 * Makes folders below a root one by one, each known to its own folder before the next. One that is there somebody else may
 * have made just now, who has not synced it yet.
 */
async function makeFolders(root: string, path: string, durable: Set<string>): Promise<void> {
  const parts = path === '.' ? [] : path.split('/')
  for (let length = 1; length <= parts.length; length += 1) {
    const place = join(root, ...parts.slice(0, length))
    try {
      await mkdir(place, { mode: 0o700 })
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
      if (durable.has(place)) continue
    }
    await syncFolder(dirname(place))
    durable.add(place)
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, constants.O_RDONLY | constants.O_DIRECTORY)
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** Makes the names in a folder and in those below it durable. Files are so before they get theirs. */
async function syncFolders(path: string): Promise<void> {
  const entries = await readdir(path, { withFileTypes: true }).catch(orNotOurs)
  if (entries === null) return
  const folders = entries.filter((entry) => entry.isDirectory() && entry.name !== unfinishedFolder)
  for (const { name } of folders) await syncFolders(join(path, name))
  await syncFolder(path).catch(orNotOurs)
}

/** A folder that somebody has removed meanwhile, or that we may not read (`lost+found`), has nothing of ours. */
function orNotOurs(error: unknown): null {
  if (isMissing(error) || (error instanceof Error && 'code' in error && error.code === 'EACCES')) return null
  throw error
}

/** Removes a folder and those above it that have become empty, up to the root. */
async function removeEmpty(root: string, path: string): Promise<void> {
  for (let folder = path; folder !== '.'; folder = dirname(folder)) {
    try {
      await rmdir(join(root, folder))
    } catch (error) {
      if (isMissing(error) || (error instanceof Error && 'code' in error && error.code === 'ENOTEMPTY'))
        return
      throw error
    }
  }
}

async function requireFolder(target: string, path: string, place: string): Promise<void> {
  if (!(await lstat(place)).isDirectory()) throw new ArchiveError('path-outside', { target, path })
}

async function removeOld(folder: string, before: number): Promise<void> {
  for (const file of await readdir(folder).catch(orMissing([]))) {
    const place = join(folder, file)
    const found = await lstat(place).catch(orMissing(null))
    if (found?.isFile() === true && found.mtimeMs < before) await rm(place, { force: true })
  }
}

function orMissing<T>(instead: T): (error: unknown) => T {
  return (error) => {
    if (isMissing(error)) return instead
    throw error
  }
}
