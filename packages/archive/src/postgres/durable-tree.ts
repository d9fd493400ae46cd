import { execFile } from 'node:child_process'
import { chown, lchown, lstat, open, readdir } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)
const atOnce = 16

export type Owner = { readonly uid: number; readonly gid: number }
type Entry = { readonly path: Buffer; readonly isLink: boolean }

/** Everything below a folder, and the folder itself last of all. Names are bytes. */
async function* below(folder: Buffer): AsyncGenerator<Entry, void, undefined> {
  for (const entry of await readdir(folder, { withFileTypes: true, encoding: 'buffer' })) {
    const path = Buffer.concat([folder, Buffer.from('/'), entry.name])
    if (entry.isDirectory()) yield* below(path)
    else yield { path, isLink: entry.isSymbolicLink() }
  }
  yield { path: folder, isLink: false }
}

/** Makes a tree outlive a power cut; where there is no coreutils, all of it that its owner may read. */
export async function makeDurable(root: string): Promise<void> {
  try {
    // One call for the file system (syncfs(2), by coreutils) where a call for each of many files would take minutes.
    await run('sync', ['--file-system', root])
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    await forEach(root, async ({ path, isLink }) => {
      if (isLink) return
      const file = await open(path, 'r').catch(orUnreadable)
      try {
        await file?.sync()
      } finally {
        await file?.close()
      }
    })
  }
}

function orUnreadable(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'EACCES') return null
  throw error
}

/** Gives a tree to an owner; only root may. */
export async function giveTo(root: string, { uid, gid }: Owner): Promise<void> {
  await forEach(root, ({ path, isLink }) => (isLink ? lchown : chown)(path, uid, gid))
}

async function forEach(root: string, work: (entry: Entry) => Promise<void>): Promise<void> {
  const tree = below(Buffer.from(root))
  const worker = async () => {
    for (let next = await tree.next(); next.done !== true; next = await tree.next()) await work(next.value)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}

/** Whether a path is free to be made: nothing there, or an empty folder. */
export async function isFree(path: string): Promise<boolean> {
  const found = await lstat(path).catch(() => null)
  if (found === null) return true
  return found.isDirectory() && (await readdir(path)).length === 0
}
