import { ChildProcess } from 'node:child_process'
import { chmodSync, lchownSync, lutimesSync, mkdtempSync, rmSync } from 'node:fs'
import fs, { type FileHandle } from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { type DiskNode, type DiskState, diskState, type Luck, leave } from './disk-state.ts'

/**
 * What this process does to the files below a folder, and what a power cut may leave of it. The promises are POSIX's alone:
 * a file is durable up to its last fsync, a name up to the last fsync of its folder, all of it up to the last
 * `sync --file-system`; of everything else any part may be there, in any order. File systems keep more than that, each
 * in its own way: what holds here holds on all of them. One of them for real is `powerCutDisk`.
 *
 * Seen is what goes through node:fs/promises with paths that are text.
 */
export type DiskTrace = {
  /** How much was done so far: a cut after so many operations lies before everything later. */
  operations(): number
  /** After so many operations from now on this process can do no more, as if it were killed: all others throw {@link Killed}. */
  killAfter(operations: number): void
  /** Another process begins, and finds what the killed one did. */
  revive(): void
  /**
   * Makes what is there when the power comes back. Cuts are made in the order of their operations, or begin anew.
   * @param into is not there; lies on the same file system
   * @returns what is there, as text: two cuts that have left the same names and content have the same
   */
  cut(operations: number, into: string, luck: Luck): string
  stop(): void
}

export class Killed extends Error {}

type Operation = (state: DiskState, moment: number) => void

/** Traces a folder from now on; what lies in it is durable. One trace at a time in a process. */
export function traceDisk(folder: string): DiskTrace {
  const root = resolve(folder)
  const pool = mkdtempSync(join(dirname(root), 'hevd-cuts-'))
  const real = { ...fs }
  const start: unknown = Reflect.get(ChildProcess.prototype, 'spawn')
  if (typeof start !== 'function') throw new Error('this Node.js starts programs in another way')
  const live = diskState(root)
  /** As it was at first: a cut replays on it what was done since. */
  const begun = () => ({ state: diskState(pristine), done: 0 })
  const pristine = join(pool, 'pristine')
  leave(live, pristine, pool, 'most')
  let replay = begun()
  const log: Operation[] = []
  let left = Number.POSITIVE_INFINITY

  const inside = (path: unknown): path is string =>
    typeof path === 'string' && !relative(root, resolve(path)).startsWith('..')
  const nodeAt = (path: string) => live.find(relative(root, resolve(path)))

  function record(operation: Operation): void {
    operation(live, log.length)
    log.push(operation)
  }

  function alive(): void {
    left -= 1
    if (left < 0) throw new Killed('killed')
  }

  /** Does what reaches the disk, and notes it once it is done; nothing where that is null. */
  async function change<T>(run: () => Promise<T>, noted: (done: T) => Operation | null): Promise<T> {
    alive()
    const done = await run()
    const operation = noted(done)
    if (operation !== null) record(operation)
    return done
  }

  /** A path stands for a node from now on, or for nothing. */
  function named(path: string, id: number | null): Operation {
    const parent = relative(root, dirname(resolve(path)))
    return (state, moment) => state.name(parent, basename(path), id === null ? null : state.node(id), moment)
  }

  function made(path: string, kind: DiskNode['kind'], target?: string): Operation {
    const parent = relative(root, dirname(resolve(path)))
    return (state, moment) => state.name(parent, basename(path), state.make(kind, target), moment)
  }

  /** An fsync is of what was done before it began. */
  function synced(id: number | undefined, run: () => Promise<void>): Promise<void> {
    const before = log.length
    return change(run, () => (id === undefined ? null : (state) => state.sync(state.node(id), before)))
  }

  function traced(handle: FileHandle, path: string): FileHandle {
    const id = nodeAt(path)?.id
    const { write, sync } = handle
    let position = 0
    async function writing(data: string | Uint8Array, at: number | null): Promise<number> {
      const bytes = Buffer.from(data)
      const from = at ?? position
      const { bytesWritten } = await change(
        (): Promise<{ readonly bytesWritten: number }> =>
          Reflect.apply(write, handle, [bytes, 0, bytes.length, at]),
        () =>
          id === undefined
            ? null
            : (state, moment) => state.node(id).content.push({ moment, at: from, bytes }),
      )
      if (bytesWritten !== bytes.length) throw new Error('the disk of a trace is full')
      if (at === null) position += bytes.length
      return bytes.length
    }
    return Object.assign(handle, {
      sync: () => synced(id, () => sync.call(handle)),
      write: async (
        bytes: Uint8Array,
        offset = 0,
        length = bytes.length - offset,
        at: number | null = null,
      ) => ({ bytesWritten: await writing(bytes.subarray(offset, offset + length), at), buffer: bytes }),
      writeFile: async (data: string | Uint8Array) => void (await writing(data, null)),
      appendFile: async (data: string | Uint8Array) => void (await writing(data, null)),
    })
  }

  const { O_WRONLY, O_RDWR, O_TRUNC } = fs.constants
  const forReading = (flags: unknown = 'r') =>
    typeof flags === 'number' ? (flags & (O_WRONLY | O_RDWR)) === 0 : flags === 'r'
  const empties = (flags: unknown) =>
    typeof flags === 'number' ? (flags & O_TRUNC) !== 0 : String(flags).startsWith('w')

  async function open(...given: Parameters<typeof fs.open>): Promise<FileHandle> {
    const [path, flags] = given
    if (!inside(path)) return real.open(...given)
    if (forReading(flags)) return traced(await real.open(...given), path)
    const before = nodeAt(path)?.id
    const handle = await change(
      () => real.open(...given),
      () => {
        if (before === undefined) return made(path, 'file')
        return empties(flags)
          ? (state, moment) => state.node(before).content.push({ moment, at: 0, bytes: null })
          : null
      },
    )
    return traced(handle, path)
  }

  const attribute = (path: string, set: (place: string) => void): Operation | null => {
    const id = nodeAt(path)?.id
    return id === undefined ? null : (state, moment) => state.node(id).attributes.push({ moment, set })
  }
  const gone = (path: string) => (nodeAt(path) === null ? null : named(path, null))

  /** A call whose first path is inside is noted, any other one is not. */
  function noting<Given extends readonly unknown[], T>(
    call: (...given: Given) => Promise<T>,
    noted: (path: string, ...given: Given) => Operation | null,
  ): (...given: Given) => Promise<T> {
    return (...given) => {
      const [path] = given
      return inside(path)
        ? change(
            () => call(...given),
            () => noted(path, ...given),
          )
        : call(...given)
    }
  }

  async function mkdir(...given: Parameters<typeof fs.mkdir>): ReturnType<typeof fs.mkdir> {
    const [path, options] = given
    if (!inside(path)) return real.mkdir(...given)
    const isRecursive = typeof options === 'object' && options?.recursive === true
    if (isRecursive && inside(dirname(path)) && nodeAt(dirname(path)) === null)
      await mkdir(dirname(path), options)
    return change(
      () => real.mkdir(...given),
      () => (nodeAt(path) === null ? made(path, 'folder') : null),
    )
  }

  async function rename(...given: Parameters<typeof fs.rename>): Promise<void> {
    const [from, to] = given
    if (!inside(from) || !inside(to)) return real.rename(...given)
    const id = nodeAt(from)?.id
    await change(
      () => real.rename(...given),
      () => {
        if (id === undefined) return null
        const [taken, put] = [named(from, null), named(to, id)]
        return (state, moment) => {
          put(state, moment)
          taken(state, moment)
        }
      },
    )
  }

  Object.assign(fs, {
    open,
    mkdir,
    rename,
    rm: noting(real.rm, gone),
    unlink: noting(real.unlink, gone),
    rmdir: noting(real.rmdir, gone),
    symlink: async (target: string, path: string) =>
      inside(path)
        ? change(
            () => real.symlink(target, path),
            () => made(path, 'link', target),
          )
        : real.symlink(target, path),
    link: async (existing: string, path: string) =>
      inside(path)
        ? change(
            () => real.link(existing, path),
            () => named(path, nodeAt(existing)?.id ?? null),
          )
        : real.link(existing, path),
    chmod: noting(real.chmod, (path, _, mode) => attribute(path, (place) => chmodSync(place, mode))),
    lchown: noting(real.lchown, (path, _, uid, gid) =>
      attribute(path, (place) => lchownSync(place, uid, gid)),
    ),
    lutimes: noting(real.lutimes, (path, _, atime, mtime) =>
      attribute(path, (place) => lutimesSync(place, atime, mtime)),
    ),
  })
  syncBuiltinESMExports()
  Object.assign(ChildProcess.prototype, {
    spawn(this: ChildProcess, options: { readonly args?: readonly string[] }) {
      const { args = [] } = options
      if (basename(args[0] ?? '') === 'sync' && args[1] === '--file-system' && inside(args[2])) {
        alive()
        const before = log.length
        this.once('exit', (code) => code === 0 && record((state) => state.syncAll(before)))
      }
      return start.call(this, options)
    },
  })

  return {
    operations: () => log.length,
    killAfter(operations) {
      left = operations
    },
    revive() {
      left = Number.POSITIVE_INFINITY
    },
    cut(operations, into, luck) {
      if (operations < replay.done) replay = begun()
      for (; replay.done < operations; replay.done += 1) log[replay.done]?.(replay.state, replay.done)
      return leave(replay.state, into, pool, luck)
    },
    stop() {
      Object.assign(fs, real)
      syncBuiltinESMExports()
      Object.assign(ChildProcess.prototype, { spawn: start })
      rmSync(pool, { recursive: true, force: true })
    },
  }
}
