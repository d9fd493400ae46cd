import { controlSockets, type ValueOf } from '@hevd/facts'
import { type Collector, collected, failedBy, needsRight, rootRight } from '../collector.ts'
import { openTo } from '../host/open-to.ts'

/** Where engines that run as root listen, unless they are told otherwise; found by name among all that listen. */
const engines: readonly (readonly [string, RegExp])[] = [
  ['docker', /\/docker\.sock$/],
  ['podman', /^(\/var)?\/run\/podman\/podman\.sock$/],
  ['containerd', /\/containerd\.sock$/],
  ['cri-o', /\/crio\.sock$/],
  ['lxd', /\/lxd\/unix\.socket$/],
  ['incus', /\/incus\/unix\.socket$/],
]

/** Sockets of container engines, behind which one is root, and who may write to each. */
export const controlSocketsCollector: Collector = {
  name: 'control-sockets',
  types: [controlSockets.name],
  title: { nb: 'Sokler til containermotorer', en: 'Sockets of container engines' },
  interval: 'PT5M',
  collect: async (access) => {
    const host = access.host.id
    const table = await access.files.text('/proc/net/unix')
    if (table.kind === 'refused')
      return collected(controlSockets, host, [], needsRight(`${rootRight} (/proc/net)`))
    if (table.kind === 'absent')
      return collected(controlSockets, host, [], failedBy('there is no /proc/net/unix'))
    const values: ValueOf<typeof controlSockets>[] = []
    let hidden = false
    for (const path of listeningPaths(table.value)) {
      const program = engines.find(([, name]) => name.test(path))?.[0]
      if (program === undefined) continue
      const status = await access.files.status(path)
      // A folder that we may not enter is closed to others too, but perhaps not to its group.
      if (status.kind === 'refused') hidden = true
      if (status.kind !== 'seen') continue
      const real = await access.files.real(path)
      if (real.kind !== 'seen') continue
      const open = await openTo(access.files, real.value, status.value, 'write')
      if (open.kind === 'refused') hidden = true
      // A socket of an ordinary account's own engine makes nobody root.
      if (open.kind !== 'seen' || status.value.uid !== 0) continue
      values.push({ host, path, program, openTo: open.value })
    }
    return collected(controlSockets, host, values, hidden ? needsRight(rootRight) : null)
  },
}

/** Paths of listening sockets in /proc/net/unix, each once: the flag 0x10000 is `__SO_ACCEPTCON`. */
function listeningPaths(table: string): readonly string[] {
  const paths = table.split('\n').flatMap((line) => {
    const [, flags, path] = /^[0-9a-f]+: \S+ \S+ (\S+) \S+ \S+ +\d+ (\/.*)$/i.exec(line) ?? []
    if (path === undefined || flags === undefined) return []
    return (Number.parseInt(flags, 16) & 0x1_0000) === 0 ? [] : [path]
  })
  return [...new Set(paths)]
}
