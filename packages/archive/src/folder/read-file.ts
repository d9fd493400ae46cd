import { type BigIntStats, constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Missed } from './entry.ts'
import { type Bare, codeOf, momentOf } from './walk.ts'

export type BareFile = Extract<Bare, { type: 'file' }>

/** A small file, read; `file` is it as it was then, `torn` whether it changed each time. Null is one that is gone. */
export type Loaded =
  | { readonly file: BareFile; readonly bytes: Buffer; readonly torn: boolean }
  | Missed
  | null

/** How often a file is read that changes meanwhile. */
export const tries = 4
/** Largest file that is read at once. */
export const smallBytes = 128 * 1024

/** Opens a file of the folder, following no link. @returns the system's code where it cannot be */
export function openFile(folder: string, path: string): Promise<FileHandle | string> {
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK
  return open(join(folder, path), flags).catch(codeOf)
}

/** The entry as the open file is now. */
export async function look(file: FileHandle, entry: BareFile): Promise<BareFile> {
  const stat: BigIntStats = await file.stat({ bigint: true })
  return {
    ...entry,
    mode: Number(stat.mode & 0o7777n),
    uid: Number(stat.uid),
    gid: Number(stat.gid),
    mtime: momentOf(stat.mtimeNs),
    ctime: momentOf(stat.ctimeNs),
    inode: String(stat.ino),
    size: Number(stat.size),
  }
}

export const changed = (before: BareFile, after: BareFile): boolean =>
  before.size !== after.size || before.mtime !== after.mtime || before.ctime !== after.ctime

/** Reads a file of at most `smallBytes`, again while it changes. */
export async function load(folder: string, entry: BareFile): Promise<Loaded> {
  const file = await openFile(folder, entry.path)
  if (file === 'ENOENT') return null
  if (typeof file === 'string') return { path: entry.path, reason: file }
  try {
    for (let attempt = 1; ; attempt += 1) {
      const before = await look(file, entry)
      const bytes = Buffer.alloc(before.size)
      for (let at = 0; at < bytes.length; ) {
        const { bytesRead } = await file.read(bytes, at, bytes.length - at, at)
        if (bytesRead === 0) break
        at += bytesRead
      }
      const torn = changed(before, await look(file, entry))
      if (!torn || attempt === tries) return { file: before, bytes, torn }
      await sleep(20 * attempt)
    }
  } catch (error) {
    return { path: entry.path, reason: codeOf(error) }
  } finally {
    await file.close()
  }
}

/** Begins work on items before they are asked for, so many at a time, and gives them in order. */
export async function* ahead<T, U>(
  items: AsyncIterable<T>,
  count: number,
  begin: (item: T) => U,
): AsyncGenerator<U> {
  const begun: U[] = []
  for await (const item of items) {
    begun.push(begin(item))
    if (begun.length < count) continue
    const first = begun.shift()
    if (first !== undefined) yield first
  }
  yield* begun
}
