import { pendingReboots } from '@hevd/facts'
import { type Collector, collected, type Gap, needsRight, partialWithout, rootRight } from '../collector.ts'
import type { HostAccess } from '../host/access.ts'
import type { Process } from '../host/processes.ts'
import { builtFrom, newerKernel } from './kernel-release.ts'

const flag = '/run/reboot-required'

/** Whether something installed waits for a restart: what the packages ask for, the kernel, libraries in use. */
export const pendingRebootCollector: Collector = {
  name: 'pending-reboot',
  types: [pendingReboots.name],
  title: { nb: 'Omstart som venter', en: 'Pending restart' },
  interval: 'PT10M',
  collect: async (access) => {
    const { host } = access
    const [asked, kernels, libraries] = await Promise.all([
      askedFor(access),
      newerKernels(access),
      access.deletedMappings(),
    ])
    const replaced = libraries.paths.filter(isLibrary).map((path) => path.slice(path.lastIndexOf('/') + 1))
    const because = [...new Set([...asked.packages, ...kernels.names, ...replaced])].sort()
    const pending = asked.pending || because.length > 0
    const firstSeen = access.firstSeen('pending-reboot', pending ? [''] : []).get('') ?? access.now()
    const since = pending ? Math.min(firstSeen, ...asked.since, ...kernels.since) : null
    return collected(
      pendingReboots,
      host.id,
      [{ host: host.id, pending, because, since }],
      gapOf(access.isRoot, libraries.hidden, kernels.refused),
    )
  },
}

/** Root sees every process but those that the kernel protects from it too. */
function gapOf(isRoot: boolean, hidden: readonly Process[], bootRefused: boolean): Gap {
  const [first] = hidden
  if (!isRoot && (bootRefused || first !== undefined)) return needsRight(rootRight)
  if (bootRefused) return partialWithout('/boot')
  return first === undefined ? null : partialWithout(`/proc/${first.pid}/maps (${first.argv[0] ?? ''})`)
}

/** update-notifier and needrestart leave a flag, and the packages that raised it. */
async function askedFor({ files }: HostAccess) {
  const [status, packages] = await Promise.all([files.status(flag), files.text(`${flag}.pkgs`)])
  if (status.kind !== 'seen') return { pending: false, packages: [], since: [] }
  const names = packages.kind === 'seen' ? packages.value.split('\n').filter((name) => name !== '') : []
  return { pending: true, packages: names, since: [status.value.modified] }
}

async function newerKernels(access: HostAccess) {
  const { files, kernel } = access
  const boot = await files.list('/boot')
  if (boot.kind !== 'seen') return { names: [], since: [], refused: boot.kind === 'refused' }
  const installed = boot.value.flatMap((name) => (name.startsWith('vmlinuz-') ? [name.slice(8)] : []))
  const newer = newerKernel(kernel.release, installed)
  const waiting = newer ?? ((await rebuilt(access, installed)) ? kernel.release : null)
  if (waiting === null) return { names: [], since: [], refused: false }
  const image = await files.status(`/boot/vmlinuz-${waiting}`)
  return {
    names: [waiting],
    since: image.kind === 'seen' ? [image.value.changed] : [],
    refused: false,
  }
}

/** Debian also rebuilds a kernel under the same release: the running one then names an older package version. */
async function rebuilt(access: HostAccess, installed: readonly string[]): Promise<boolean> {
  const { release, version } = access.kernel
  const running = builtFrom(version)
  if (running === null || !installed.includes(release)) return false
  const asked = await access.run('dpkg-query', ['-W', '-f=${Version}', `linux-image-${release}`])
  return asked.kind === 'ran' && asked.code === 0 && asked.out !== '' && asked.out !== running
}

function isLibrary(path: string): boolean {
  return /^\/(usr\/(local\/)?)?lib(32|64|x32)?\/.*\.so(\.[0-9.]+)?$/.test(path)
}
