import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import type { Clock } from '@hevd/core'
import type { FileEntryWithStats, SFTPWrapper } from 'ssh2'
import type { Target, TargetFile } from '../../target.ts'
import { requirePlain, unfinishedFolder, unfinishedFor } from '../path.ts'
import type { SftpSetting } from '../setting.ts'
import { connect, type Session } from './connection.ts'
import { isMissing, named } from './errors.ts'
import { asked, done, readAll, sizeOf, writeAll } from './transfer.ts'

/**
 * A folder behind OpenSSH's SFTP, or another's with its extensions `posix-rename@openssh.com` and `fsync@openssh.com`,
 * without which nothing could be promised. One connection, made anew where it was lost.
 */
export async function sftpTarget(setting: SftpSetting, clock: Clock, sweeps: boolean): Promise<Target> {
  const name = `sftp ${setting.user}@${setting.host}:${setting.port} ${setting.path}`
  const root = setting.path.replace(/\/+$/, '')
  const at = (path: string) => (path === '' ? root || '/' : `${root}/${path}`)
  let session: Promise<Session> | null = null

  async function sftp(): Promise<SFTPWrapper> {
    session ??= connect(setting, name)
    const asking = session
    try {
      const found = await asking
      void found.ended.then(() => {
        if (session === asking) session = null
      })
      return found.sftp
    } catch (error) {
      if (session === asking) session = null
      throw error
    }
  }

  async function run<T>(path: string, ask: (sftp: SFTPWrapper) => Promise<T>): Promise<T> {
    const open = await sftp()
    try {
      return await ask(open)
    } catch (error) {
      throw await named(open, name, at(''), path, error)
    }
  }

  /** What lies in a folder; nothing where it is not there. */
  const entries = (folder: string): Promise<readonly FileEntryWithStats[]> =>
    run(folder, (open) =>
      asked<FileEntryWithStats[]>((answer) => open.readdir(at(folder), answer)).catch((error) => {
        if (isMissing(error) && folder !== '') return []
        throw error
      }),
    ).then((all) =>
      all.filter(
        ({ filename }) => !['.', '..', ...(folder === '' ? [unfinishedFolder] : [])].includes(filename),
      ),
    )

  async function* below(folder: string): AsyncGenerator<TargetFile> {
    for (const { filename, attrs } of await entries(folder)) {
      const path = folder === '' ? filename : `${folder}/${filename}`
      if (attrs.isDirectory()) yield* below(path)
      if (attrs.isFile()) yield { path, bytes: attrs.size, modifiedAt: attrs.mtime * 1000 }
    }
  }

  async function makeFolders(open: SFTPWrapper, path: string): Promise<void> {
    const parts = path.split('/')
    for (let length = 1; length <= parts.length; length += 1) {
      const folder = at(parts.slice(0, length).join('/'))
      const there = () =>
        asked((answer) => open.stat(folder, answer)).then(
          () => true,
          (error) => {
            if (isMissing(error)) return false
            throw error
          },
        )
      if (await there()) continue
      await done((answer) => open.mkdir(folder, { mode: 0o700 }, answer)).catch(async (error) => {
        if (!(await there())) throw error
      })
    }
  }

  /**
   * SFTP cannot sync a folder. Syncing the file once more, now that its name is another, has a journalling file system
   * write both (ext4, XFS and Btrfs log the rename with the inode).
   */
  async function moveInto(open: SFTPWrapper, unfinished: string, path: string): Promise<void> {
    const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : null
    if (folder !== null) await makeFolders(open, folder)
    await done((answer) => open.ext_openssh_rename(unfinished, at(path), answer))
    const handle = await asked<Buffer>((answer) => open.open(at(path), 'r+', answer))
    await sync(open, handle)
    await done((answer) => open.close(handle, answer))
  }

  for (const { filename, attrs } of sweeps ? await entries(unfinishedFolder) : [])
    if (attrs.mtime * 1000 < clock.now() - unfinishedFor)
      await run(filename, (open) =>
        done((answer) => open.unlink(`${at(unfinishedFolder)}/${filename}`, answer)),
      )

  return {
    kind: 'sftp',
    name,
    list: below,
    folders: async (folder) =>
      (await entries(folder)).filter(({ attrs }) => attrs.isDirectory()).map(({ filename }) => filename),
    async get(path, signal) {
      requirePlain(name, path)
      return run(path, async (open) => {
        const handle = await asked<Buffer>((answer) => open.open(at(path), 'r', answer))
        const content = readAll(open, handle, await sizeOf(open, handle))
        async function* bytes() {
          try {
            yield* content
          } catch (error) {
            throw await named(open, name, at(''), path, error)
          } finally {
            open.close(handle, () => {})
          }
        }
        return Readable.from(bytes(), {
          objectMode: false,
          highWaterMark: 1 << 20,
          ...(signal === undefined ? {} : { signal }),
        })
      })
    },
    async put(path, content, signal) {
      requirePlain(name, path)
      const unfinished = `${at(unfinishedFolder)}/${randomUUID()}`
      const open = await sftp()
      const told = <T>(ask: () => Promise<T>) => run(path, ask)
      const handle = await told(async () => {
        await makeFolders(open, unfinishedFolder)
        return asked<Buffer>((answer) => open.open(unfinished, 'wx', { mode: 0o600 }, answer))
      })
      try {
        const bytes = await writeAll(open, handle, content, signal, told)
        await told(async () => {
          await sync(open, handle)
          await done((answer) => open.close(handle, answer))
          await moveInto(open, unfinished, path)
        })
        return { bytes }
      } catch (error) {
        open.close(handle, () => open.unlink(unfinished, () => {}))
        throw error
      }
    },
    // The protocol has no call for a folder.
    async makeDurable() {},
    async remove(path) {
      requirePlain(name, path)
      await run(path, async (open) => {
        await done((answer) => open.unlink(at(path), answer)).catch((error) => {
          if (!isMissing(error)) throw error
        })
        let folder = path
        while (folder.includes('/')) {
          folder = folder.slice(0, folder.lastIndexOf('/'))
          const removed = await done((answer) => open.rmdir(at(folder), answer)).then(
            () => true,
            () => false,
          )
          if (!removed) return
        }
      })
    },
    async close() {
      const open = await session?.catch(() => null)
      open?.end()
      await open?.ended
    },
  }
}

const sync = (open: SFTPWrapper, handle: Buffer): Promise<unknown> =>
  asked((answer) => open.ext_openssh_fsync(handle, answer))
