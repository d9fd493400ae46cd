import { readdir, readFile, readlink, realpath } from 'node:fs/promises'
import { type Looked, looking } from './looked.ts'

/** A process that lives in the root that is looked at. */
export type Process = { readonly pid: number; readonly argv: readonly string[] }

/** Processes, and whether all of them could be seen (`hidepid` hides those of others). */
export type Processes = { readonly seen: readonly Process[]; readonly complete: boolean }

/** Processes below `root`; of those whose root may not be read, all are taken to be there. */
export async function processesBelow(root: string): Promise<Processes> {
  const inside = await realpath(root)
  const ownMounts = await looking(() => readlink('/proc/self/ns/mnt'))
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)
  const found = await Promise.all(pids.map((pid) => one(pid, inside, ownMounts)))
  const first = await looking(() => readFile('/proc/1/cmdline', 'utf8'))
  return {
    seen: found.flatMap((process) => (process === null ? [] : [process])),
    complete: first.kind === 'seen',
  }
}

async function one(pid: number, root: string, ownMounts: Looked<string>): Promise<Process | null> {
  const [command, livesIn, mounts] = await Promise.all([
    looking(() => readFile(`/proc/${pid}/cmdline`, 'utf8')),
    looking(() => readlink(`/proc/${pid}/root`)),
    looking(() => readlink(`/proc/${pid}/ns/mnt`)),
  ])
  if (command.kind !== 'seen' || command.value === '') return null
  if (livesIn.kind === 'seen' && livesIn.value !== root) return null
  const foreign = mounts.kind === 'seen' && ownMounts.kind === 'seen' && mounts.value !== ownMounts.value
  return foreign ? null : { pid, argv: command.value.replace(/\0+$/, '').split('\0') }
}

/** Files that processes have mapped although they were deleted since, and the processes whose mappings are hidden. */
export type DeletedMappings = { readonly paths: readonly string[]; readonly hidden: readonly Process[] }

export async function deletedMappings(root: string): Promise<DeletedMappings> {
  const { seen } = await processesBelow(root)
  const mapped = await Promise.all(
    seen.map(async (process) => ({
      process,
      maps: await looking(() => readFile(`/proc/${process.pid}/maps`, 'utf8')),
    })),
  )
  const paths = mapped.flatMap(({ maps }) => (maps.kind === 'seen' ? deletedIn(maps.value) : []))
  return {
    paths: [...new Set(paths)].sort(),
    hidden: mapped.flatMap(({ process, maps }) => (maps.kind === 'refused' ? [process] : [])),
  }
}

/** Paths that a text of proc_pid_maps(5) marks as deleted. */
export function deletedIn(maps: string): string[] {
  return maps.split('\n').flatMap((line) => {
    const found = /^\S+ \S+ \S+ \S+ \d+ +(\/.*) \(deleted\)$/.exec(line)
    return found?.[1] === undefined ? [] : [found[1]]
  })
}
