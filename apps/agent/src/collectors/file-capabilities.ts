import { fileCapabilities, type ValueOf } from '@hevd/facts'
import {
  type Collector,
  collected,
  failedBy,
  firstGap,
  needsRight,
  partialWithout,
  rootRight,
} from '../collector.ts'
import type { HostAccess } from '../host/access.ts'
import { openTo } from '../host/open-to.ts'
import { whyNot } from './accounts.ts'

/** Folders that programs lie in. Another one would be of use to whoever can give a file capabilities, who is root already. */
const folders = ['/usr', '/bin', '/sbin', '/opt', '/srv', '/home', '/root']

/** Programs with capabilities of their own, as getcap(8) reads them, and who may run each. */
export const fileCapabilitiesCollector: Collector = {
  name: 'file-capabilities',
  types: [fileCapabilities.name],
  title: { nb: 'Programmer med egne rettigheter', en: 'Programs with capabilities' },
  interval: 'PT1H',
  collect: async (access) => {
    const host = access.host.id
    const ran = await access.run('getcap', ['-r', ...folders], { timeout: 120_000 })
    if (ran.kind === 'absent')
      return collected(fileCapabilities, host, [], needsRight('getcap (libcap2-bin)'))
    if (ran.kind !== 'ran') return collected(fileCapabilities, host, [], failedBy(`getcap: ${whyNot(ran)}`))
    const looked = await Promise.all(parseGetcap(ran.out).map((file) => factOf(access, file)))
    const hidden = looked.filter((one) => one === 'refused').length
    return collected(
      fileCapabilities,
      host,
      looked.filter((one) => typeof one !== 'string'),
      firstGap(
        // Without root getcap cannot enter every folder, and says so of none that it cannot.
        access.isRoot ? null : needsRight(`${rootRight} (getcap)`),
        hidden === 0 ? null : partialWithout(`getcap: ${hidden}`),
      ),
    )
  },
}

type Capable = Pick<ValueOf<typeof fileCapabilities>, 'path' | 'permitted' | 'effective'>

/**
 * Lines of getcap: `/usr/bin/ping cap_net_raw=ep`, since libcap 2.41 without ` = ` between; `a,b=ep c+i`, each clause
 * with its own flags. What is inheritable alone is not permitted.
 */
export function parseGetcap(out: string): Capable[] {
  return out.split('\n').flatMap((line) => {
    const [, path, text] = /^(\/.*?)(?: =)? ((?:all|cap_[a-z_0-9,]+|=)\S*(?: \S+)*)$/.exec(line) ?? []
    if (path === undefined || text === undefined) return []
    const clauses = text.split(' ').flatMap((clause) => {
      const [, names = '', flags = ''] = /^([a-z_0-9,]*)[=+]([eip]*)$/.exec(clause) ?? []
      return flags.includes('p') ? [{ names, flags }] : []
    })
    if (clauses.length === 0) return []
    return [
      {
        path,
        permitted: [...new Set(clauses.flatMap(({ names }) => namesOf(names)))].sort(),
        effective: clauses.some(({ flags }) => flags.includes('e')),
      },
    ]
  })
}

/** `all`, and nothing before `=`, are every capability; those that matter for who can become root stand for them. */
function namesOf(names: string): string[] {
  return names === '' || names === 'all' ? ['cap_net_admin', 'cap_setuid', 'cap_sys_admin'] : names.split(',')
}

async function factOf(
  access: HostAccess,
  file: Capable,
): Promise<ValueOf<typeof fileCapabilities> | 'gone' | 'refused'> {
  const status = await access.files.status(file.path)
  if (status.kind !== 'seen') return status.kind === 'refused' ? 'refused' : 'gone'
  const open = await openTo(access.files, file.path, status.value, 'run')
  if (open.kind !== 'seen') return open.kind === 'refused' ? 'refused' : 'gone'
  return { host: access.host.id, ...file, openTo: open.value }
}
