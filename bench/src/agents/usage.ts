import { readdirSync, readFileSync } from 'node:fs'

/** What a group of processes has used: processor time in seconds, and the most memory at once, in mebibytes. */
export type Usage = { readonly seconds: number; readonly memory: number }

/** Processes of one group by their roots; `tree`: those under them count too, shared memory once (PSS). */
export type Group = { readonly roots: () => readonly number[]; readonly tree: boolean }

type Stat = { readonly pid: number; readonly parent: number; readonly own: number; readonly ended: number }

/** Clock ticks in `/proc` are hundredths of a second on Linux (`USER_HZ`, proc_pid_stat(5)). */
const ticksPerSecond = 100
const sampledEvery = 1000

/** Measures groups of processes once a second until `end`, also those that are killed and started again. */
export function meter<Name extends string>(
  groups: Readonly<Record<Name, Group>>,
): {
  end(): ReadonlyMap<Name, Usage>
} {
  const spent = new Map<number, number>()
  const usages = new Map<Name, { seconds: number; memory: number }>()
  const sample = () => {
    const stats = allStats()
    for (const name of Object.keys(groups) as Name[]) {
      const usage = usages.get(name) ?? { seconds: 0, memory: 0 }
      usages.set(name, usage)
      let memory = 0
      for (const root of groups[name].roots()) {
        const members = groups[name].tree ? treeOf(stats, root) : stats.filter(({ pid }) => pid === root)
        const ticks = members.reduce((sum, { own, ended }) => sum + own + (groups[name].tree ? ended : 0), 0)
        const before = spent.get(root) ?? 0
        if (ticks > before) {
          usage.seconds += (ticks - before) / ticksPerSecond
          spent.set(root, ticks)
        }
        for (const { pid } of members)
          memory += groups[name].tree ? kibOf(pid, 'smaps_rollup', 'Pss') : kibOf(pid, 'status', 'VmRSS')
      }
      usage.memory = Math.max(usage.memory, memory / 1024)
    }
  }
  sample()
  const timer = setInterval(sample, sampledEvery)
  return {
    end() {
      clearInterval(timer)
      sample()
      return usages
    },
  }
}

/** Processes whose parent is `parent`, with their command lines. */
export function childrenOf(parent: number): readonly { readonly pid: number; readonly command: string }[] {
  return allStats()
    .filter((one) => one.parent === parent)
    .map(({ pid }) => ({ pid, command: textOf(pid, 'cmdline').replaceAll('\0', ' ') }))
}

function treeOf(stats: readonly Stat[], root: number): readonly Stat[] {
  const below = stats.filter(({ parent }) => parent === root).flatMap(({ pid }) => treeOf(stats, pid))
  return [...stats.filter(({ pid }) => pid === root), ...below]
}

function allStats(): readonly Stat[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return []
    const stat = textOf(Number(name), 'stat')
    // The second field is a name in parentheses that may hold anything; the third is at 0 here.
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number)
    const [parent = 0, utime = 0, stime = 0, cutime = 0, cstime = 0] = [1, 11, 12, 13, 14].map(
      (at) => fields[at],
    )
    return stat === '' ? [] : [{ pid: Number(name), parent, own: utime + stime, ended: cutime + cstime }]
  })
}

function kibOf(pid: number, file: string, field: string): number {
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(textOf(pid, file))?.[1] ?? 0)
}

/** Empty when the process is gone. */
function textOf(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}
