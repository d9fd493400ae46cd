import { packageSources, pendingUpdates } from '@hevd/facts'
import { type Collector, collected, failedBy, together } from '../collector.ts'
import type { HostAccess } from '../host/access.ts'
import { whyNot } from './accounts.ts'
import { carriesSecurity, parsePolicies, parseSources, sourceFormat, updatesIn } from './apt-policy.ts'

/** Updates that apt's lists offer, and how old those lists are. Nothing is fetched and nothing is locked. */
export const packagesCollector: Collector = {
  name: 'packages',
  types: [pendingUpdates.name, packageSources.name],
  title: { nb: 'Pakkeoppdateringer', en: 'Package updates' },
  interval: 'PT15M',
  collect: async (access) => {
    const host = access.host.id
    const read = await readApt(access)
    if (read.kind === 'failed')
      return together(
        collected(pendingUpdates, host, [], failedBy(read.error)),
        collected(packageSources, host, [], failedBy(read.error)),
      )
    const found = updatesIn(parsePolicies(read.policies), read.sources)
    const firstSeen = access.firstSeen(
      'pending-update',
      found.map((update) => `${update.package} ${update.candidate}`),
    )
    const values = found.map((update) => ({
      host,
      ...update,
      firstSeenAt: firstSeen.get(`${update.package} ${update.candidate}`) ?? access.now(),
    }))
    const hasSecuritySource = read.sources.some(carriesSecurity)
    const refreshedAt = await lastRefresh(access)
    return together(
      collected(pendingUpdates, host, values),
      collected(packageSources, host, [{ host, manager: 'apt' as const, refreshedAt, hasSecuritySource }]),
    )
  },
}

async function readApt(access: HostAccess) {
  const listed = await access.run('dpkg-query', ['-W', '-f=${db:Status-Status} ${binary:Package}\n'])
  if (listed.kind !== 'ran' || listed.code !== 0)
    return { kind: 'failed', error: `dpkg-query: ${whyNot(listed)}` } as const
  const packages = installedPackages(listed.out)
  const [policies, sources] = await Promise.all([
    access.run('apt-cache', ['policy', ...packages]),
    access.run('apt-get', ['indextargets', '--format', sourceFormat, 'Created-By: Packages']),
  ])
  if (policies.kind !== 'ran' || policies.code !== 0)
    return { kind: 'failed', error: `apt-cache policy: ${whyNot(policies)}` } as const
  if (sources.kind !== 'ran' || sources.code !== 0)
    return { kind: 'failed', error: `apt-get indextargets: ${whyNot(sources)}` } as const
  return { kind: 'read', policies: policies.out, sources: parseSources(sources.out) } as const
}

/** Installed packages by the names dpkg(1) allows, so that nothing here can be taken for an option. */
export function installedPackages(listing: string): string[] {
  return listing.split('\n').flatMap((line) => {
    const found = /^installed ([a-z0-9][a-z0-9+.-]*(?::[a-z0-9-]+)?)$/.exec(line)
    return found?.[1] === undefined ? [] : [found[1]]
  })
}

const lists = '/var/lib/apt/lists'

/**
 * When the oldest list was last asked for, in milliseconds; null when there are none. apt sets a list's modification
 * time to the server's, but touches its inode on every fetch, also when nothing was new.
 */
async function lastRefresh({ files }: HostAccess): Promise<number | null> {
  const names = await files.list(lists)
  if (names.kind !== 'seen') return null
  const releases = names.value.filter((name) => /_(In)?Release$/.test(name))
  const statuses = await Promise.all(releases.map((name) => files.status(`${lists}/${name}`)))
  const times = statuses.flatMap((status) => (status.kind === 'seen' ? [status.value.changed] : []))
  return times.length === 0 ? null : Math.floor(Math.min(...times))
}
