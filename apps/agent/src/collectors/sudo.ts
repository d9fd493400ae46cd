import { sudoRules } from '@hevd/facts'
import {
  type Collected,
  type Collector,
  collected,
  failedBy,
  firstGap,
  type Gap,
  needsRight,
  partialWithout,
  rootRight,
} from '../collector.ts'
import type { HostAccess } from '../host/access.ts'
import { whyNot } from './accounts.ts'
import { type Permission, parseSudoers } from './cvtsudoers.ts'
import { nameServiceSources } from './name-service.ts'
import { meansThisHost } from './sudo-host.ts'
import { lookAtSudoers, mainFile } from './sudoers-files.ts'

/** What sudo lets whom do on this host, as sudo's own converter reads its files. */
export const sudoCollector: Collector = {
  name: 'sudo',
  types: [sudoRules.name],
  title: { nb: 'Sudo-regler', en: 'Sudo rules' },
  interval: 'PT5M',
  collect: async (access) => {
    const host = access.host.id
    const none = (gap: Gap = null) => collected(sudoRules, host, [], gap)
    if (!(await isInstalled(access))) return none()
    const files = await lookAtSudoers(access)
    if (files.kind === 'refused') return none(needsRight(rootRight))
    if (files.kind === 'distrusted')
      return none(failedBy(`sudo does not trust ${files.path} (${files.why}); mend or remove it`))
    if (files.kind === 'absent') return none(await directoryGap(access))
    const ran = await access.run('cvtsudoers', ['-c', '/dev/null', '-e', '-f', 'json', mainFile])
    if (ran.kind !== 'ran' || ran.code !== 0) return none(failedBy(`cvtsudoers: ${whyNot(ran)}`))
    return rulesOf(access, parseSudoers(ran.out), await directoryGap(access))
  },
}

async function isInstalled({ files }: HostAccess): Promise<boolean> {
  const places = ['/usr/bin/sudo', '/usr/local/bin/sudo', '/bin/sudo']
  const found = await Promise.all(places.map((path) => files.status(path)))
  return found.some(({ kind }) => kind !== 'absent')
}

/** Rules may also come from a directory, which is not read. */
async function directoryGap({ files }: HostAccess): Promise<Gap> {
  const configuration = await files.text('/etc/nsswitch.conf')
  if (configuration.kind !== 'seen') return null
  const others = nameServiceSources(configuration.value, 'sudoers').filter((source) => source !== 'files')
  return others.length === 0 ? null : partialWithout(`sudoers: ${others.join(', ')} (nsswitch.conf)`)
}

function rulesOf(access: HostAccess, permissions: readonly Permission[], gap: Gap): Collected {
  const own = { name: access.host.name, addresses: access.addresses() }
  const read = permissions.map((permission) => ({ permission, here: meansThisHost(permission.hosts, own) }))
  const unsure = read.filter(({ here }) => here === 'unsure')
  const values = read
    .filter(({ here }) => here === 'yes')
    .map(({ permission: { index, principals, runAs, commands, withoutPassword } }) => ({
      host: access.host.id,
      index,
      principals: [...principals],
      runAs: [...runAs],
      commands: [...commands],
      withoutPassword,
    }))
  const unsureGap =
    unsure.length === 0
      ? null
      : partialWithout(
          `sudo: ${unsure.map(({ permission }) => permission.hosts.map(({ text }) => text).join(' ')).join(', ')}`,
        )
  return collected(sudoRules, access.host.id, values, firstGap(gap, unsureGap))
}
