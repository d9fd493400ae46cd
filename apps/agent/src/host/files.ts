import { constants, lstat, open, readdir, readlink, stat } from 'node:fs/promises'
import { dirname, join, posix } from 'node:path'
import { absent, type Looked, looking, seenValue } from './looked.ts'

/** What the kernel says of a file. Times in whole milliseconds; `changed` is when the inode last changed (ctime). */
export type FileStatus = {
  readonly kind: 'file' | 'directory' | 'other'
  readonly uid: number
  readonly gid: number
  /** Permission bits. */
  readonly mode: number
  readonly modified: number
  readonly changed: number
  readonly device: number
}

/** Reading a file system from below one directory, as its own system would: links never lead out of it. */
export type Files = {
  /** Text of a regular file; a pipe or a device counts as absent. Throws RangeError past `maxBytes`. */
  text(path: string, maxBytes?: number): Promise<Looked<string>>
  /** Names in a directory, sorted by code unit. */
  list(path: string): Promise<Looked<readonly string[]>>
  status(path: string): Promise<Looked<FileStatus>>
  /** The path with every link followed, from the inside. */
  real(path: string): Promise<Looked<string>>
  /** Where the path lies on the machine that the agent runs on. */
  outside(path: string): string
}

const usualLimit = 8 * 1024 * 1024
const mostLinks = 40

export function filesBelow(root: string): Files {
  const outside = (path: string) => join(root, path)
  const real = (path: string) => looking(() => resolveWithin(root, path))
  const at = async <T>(path: string, look: (outsidePath: string) => Promise<Looked<T>>) => {
    const found = await real(path)
    return found.kind === 'seen' ? look(outside(found.value)) : found
  }
  return {
    outside,
    real,
    text: (path, maxBytes = usualLimit) => at(path, (found) => readText(found, maxBytes)),
    list: (path) => at(path, (found) => looking(async () => (await readdir(found)).sort())),
    status: (path) => at(path, (found) => looking(() => statusOf(found))),
  }
}

/** realpath(3) of `path` as if `root` were `/`; throws the kernel's error. */
async function resolveWithin(root: string, path: string): Promise<string> {
  let left = path.split('/').filter((part) => part !== '')
  let reached = '/'
  let links = 0
  while (left.length > 0) {
    const [part = '', ...rest] = left
    left = rest
    const next = posix.join(reached, part)
    const entry = await lstat(join(root, next))
    if (!entry.isSymbolicLink()) {
      reached = next
      continue
    }
    links += 1
    if (links > mostLinks) throw Object.assign(new Error('too many links'), { code: 'ELOOP' })
    const target = await readlink(join(root, next))
    reached = target.startsWith('/') ? '/' : posix.normalize(dirname(next))
    left = [...target.split('/').filter((piece) => piece !== ''), ...left]
  }
  return reached
}

async function readText(path: string, maxBytes: number): Promise<Looked<string>> {
  const opened = await looking(() => open(path, constants.O_RDONLY | constants.O_NONBLOCK))
  if (opened.kind !== 'seen') return opened
  const handle = opened.value
  try {
    if (!(await handle.stat()).isFile()) return absent
    const chunks: Buffer[] = []
    let total = 0
    for (;;) {
      const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(65_536))
      if (bytesRead === 0) return seenValue(Buffer.concat(chunks).toString('utf8'))
      total += bytesRead
      if (total > maxBytes) throw new RangeError(`${path} is longer than ${maxBytes} bytes`)
      chunks.push(buffer.subarray(0, bytesRead))
    }
  } finally {
    await handle.close()
  }
}

async function statusOf(path: string): Promise<FileStatus> {
  const found = await stat(path)
  return {
    kind: found.isFile() ? 'file' : found.isDirectory() ? 'directory' : 'other',
    uid: found.uid,
    gid: found.gid,
    mode: found.mode & 0o7777,
    modified: Math.floor(found.mtimeMs),
    changed: Math.floor(found.ctimeMs),
    device: found.dev,
  }
}
