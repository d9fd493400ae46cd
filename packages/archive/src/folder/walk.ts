import { type BigIntStats, constants } from 'node:fs'
import { lstat, readdir, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { Entry, FileEntry, Missed } from './entry.ts'

/** Entries of a folder that are looked at side by side. */
const lookAhead = 64

/** What is found on the way through a folder: an entry without its content, or something that is not kept. */
export type Found =
  | { readonly kind: 'entry'; readonly entry: Bare }
  | ({ readonly kind: 'missed' | 'skipped' } & Missed)

/** An entry before its content is read. */
export type Bare = Without<FileEntry, 'sha256' | 'torn' | 'from'> | Without<Exclude<Entry, FileEntry>, 'from'>

/** `Omit` of each member of a union. */
type Without<T, K extends string> = T extends unknown ? Omit<T, K> : never

export type WalkOptions = {
  readonly folder: string
  readonly excluded: (path: string) => boolean
  /** Whether what is mounted below is left out; the folder that it is mounted on stays, empty. */
  readonly oneFileSystem: boolean
  readonly signal?: AbortSignal | undefined
}

/** Everything in a folder, in the order of a listing, following no symbolic link. Throws where the folder itself cannot be read. */
export async function* walk({ folder, excluded, oneFileSystem, signal }: WalkOptions): AsyncGenerator<Found> {
  const top = await lstat(folder, { bigint: true })
  /** First names of files that have several. */
  const firstNames = new Map<string, string>()

  async function* visit(path: string, stat: BigIntStats): AsyncGenerator<Found> {
    signal?.throwIfAborted()
    const found = await describe(folder, path, stat, firstNames)
    yield found
    if (found.kind !== 'entry' || found.entry.type !== 'directory') return
    if (oneFileSystem && stat.dev !== top.dev) return
    const children = await readdir(join(folder, path), { encoding: 'buffer' }).catch(codeOf)
    // What was there a moment ago and is not now was removed, not missed.
    if (children === 'ENOENT') return
    if (typeof children === 'string') {
      yield { kind: 'missed', path, reason: children }
      return
    }
    const names = children
      .map((name) => ({ name: name.toString(), isText: Buffer.from(name.toString()).equals(name) }))
      .map(({ name, isText }) => ({ child: path === '.' ? name : `${path}/${name}`, isText }))
      .filter(({ child }) => !excluded(child))
      .sort((a, b) => (a.child < b.child ? -1 : 1))
    for (let next = 0; next < names.length; next += lookAhead)
      yield* visitAll(names.slice(next, next + lookAhead))
  }

  async function* visitAll(
    names: readonly { readonly child: string; readonly isText: boolean }[],
  ): AsyncGenerator<Found> {
    const looked = names.map(async ({ child, isText }) => ({
      child,
      status: isText ? await lstat(join(folder, child), { bigint: true }).catch(codeOf) : 'not-text',
    }))
    for (const { child, status } of await Promise.all(looked)) {
      if (status === 'ENOENT') continue
      if (typeof status === 'string') yield { kind: 'missed', path: child, reason: status }
      else yield* visit(child, status)
    }
  }
  yield* visit('.', top)
}

async function describe(
  folder: string,
  path: string,
  stat: BigIntStats,
  names: Map<string, string>,
): Promise<Found> {
  const common = {
    kind: 'entry' as const,
    path,
    mode: Number(stat.mode & 0o7777n),
    uid: Number(stat.uid),
    gid: Number(stat.gid),
    mtime: momentOf(stat.mtimeNs),
    ctime: momentOf(stat.ctimeNs),
    inode: String(stat.ino),
  }
  switch (Number(stat.mode) & constants.S_IFMT) {
    case constants.S_IFDIR:
      return { kind: 'entry', entry: { ...common, type: 'directory' } }
    case constants.S_IFLNK: {
      const target = await readlink(join(folder, path), { encoding: 'buffer' }).catch(codeOf)
      if (typeof target === 'string') return { kind: 'missed', path, reason: target }
      if (!Buffer.from(target.toString()).equals(target)) return { kind: 'missed', path, reason: 'not-text' }
      return { kind: 'entry', entry: { ...common, type: 'symlink', target: target.toString() } }
    }
    case constants.S_IFREG: {
      const inode = `${stat.dev}:${stat.ino}`
      const first = stat.nlink > 1n ? names.get(inode) : undefined
      if (first !== undefined) return { kind: 'entry', entry: { ...common, type: 'link', target: first } }
      if (stat.nlink > 1n) names.set(inode, path)
      return {
        kind: 'entry',
        entry: { ...common, type: 'file', size: Number(stat.size), sparse: isSparse(stat) },
      }
    }
    default:
      return { kind: 'skipped', path, reason: 'special' }
  }
}

const isSparse = ({ size, blocks }: BigIntStats) => blocks * 512n < size

export function momentOf(nanoseconds: bigint): string {
  const seconds = nanoseconds / 1_000_000_000n
  const rest = nanoseconds % 1_000_000_000n
  // Before 1970 the seconds are rounded down, so that the rest is never negative.
  const [whole, part] = rest < 0n ? [seconds - 1n, rest + 1_000_000_000n] : [seconds, rest]
  return `${whole}.${String(part).padStart(9, '0')}`
}

/** The system's name of an error; throws it on where it has none. */
export function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && 'syscall' in error) return String(error.code)
  throw error
}
