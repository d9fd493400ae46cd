import { readdir, readlink } from 'node:fs/promises'
import { basename } from 'node:path'
import { looking } from './looked.ts'

/**
 * The program behind each socket, by inode, from the open files of processes (proc_pid_fd(5)). Of several processes
 * that hold one socket the first counts. Processes whose files may not be seen are left out.
 */
export async function socketOwners(): Promise<ReadonlyMap<string, string>> {
  const owners = new Map<string, string>()
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)
  for (const pid of pids.sort((a, b) => a - b)) {
    const open = await looking(() => readdir(`/proc/${pid}/fd`))
    const program = await looking(() => readlink(`/proc/${pid}/exe`))
    if (open.kind !== 'seen' || program.kind !== 'seen') continue
    const name = basename(program.value.replace(/ \(deleted\)$/, ''))
    const links = await Promise.all(
      open.value.map((number) => looking(() => readlink(`/proc/${pid}/fd/${number}`))),
    )
    for (const link of links) {
      const inode = link.kind === 'seen' ? /^socket:\[(\d+)\]$/.exec(link.value)?.[1] : undefined
      if (inode !== undefined && !owners.has(inode)) owners.set(inode, name)
    }
  }
  return owners
}
