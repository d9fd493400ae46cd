import type { FileStatus, Files } from './files.ts'
import type { Looked } from './looked.ts'

/** Who may use a file by its mode and those of every folder above it; root is left out, since root always may. */
export type OpenTo = {
  readonly uid: number | null
  readonly gid: number | null
  readonly everybody: boolean
}

/** What is asked of a file: to run it, to read it, or to write to it, which connecting to a socket is. */
const bits = { run: 1, write: 2, read: 4 } as const

/**
 * By permission bits alone. A folder that is closed to a class closes the file to it; that a folder opens to one group
 * and the file to another counts as closed to both. Access control lists are not seen.
 */
export async function openTo(
  files: Files,
  path: string,
  file: FileStatus,
  wants: keyof typeof bits,
): Promise<Looked<OpenTo>> {
  const bit = bits[wants]
  const found: OpenTo = {
    uid: file.uid !== 0 && (file.mode & (bit << 6)) !== 0 ? file.uid : null,
    gid: (file.mode & (bit << 3)) !== 0 ? file.gid : null,
    everybody: (file.mode & bit) !== 0,
  }
  const statuses: FileStatus[] = []
  for (const folder of foldersAbove(path)) {
    const status = await files.status(folder)
    if (status.kind !== 'seen') return status
    statuses.push(status.value)
  }
  return { kind: 'seen', value: statuses.reduce(within, found) }
}

/** Who of these may also pass through a folder. */
function within({ uid, gid, everybody }: OpenTo, folder: FileStatus): OpenTo {
  const others = (folder.mode & 0o001) !== 0
  const group = (folder.mode & 0o010) !== 0 ? folder.gid : null
  const passes = {
    uid: uid !== null && (others || (folder.uid === uid && (folder.mode & 0o100) !== 0)) ? uid : null,
    gid: gid !== null && (others || group === gid) ? gid : null,
    everybody: everybody && others,
  }
  // Who may use the file, if only members of the folder's group get to it.
  return everybody && !others && group !== null && passes.gid === null ? { ...passes, gid: group } : passes
}

function foldersAbove(path: string): string[] {
  const parts = path.split('/').slice(1, -1)
  return ['/', ...parts.map((_part, at) => `/${parts.slice(0, at + 1).join('/')}`)]
}
