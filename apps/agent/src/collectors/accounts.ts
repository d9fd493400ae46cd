import { accounts, groups, type ValueOf } from '@hevd/facts'
import {
  type Collected,
  type Collector,
  collected,
  failedBy,
  type Gap,
  partialWithout,
  together,
} from '../collector.ts'
import type { HostAccess } from '../host/access.ts'
import { type GroupRow, type PasswdRow, parseGroups, parsePasswd, unlistedSources } from './name-service.ts'

/** Accounts and groups as the host's name service lists them. */
export const accountsCollector: Collector = {
  name: 'accounts',
  types: [accounts.name, groups.name],
  title: { nb: 'Kontoer og grupper', en: 'Accounts and groups' },
  interval: 'PT1M',
  collect: async (access) => {
    const host = access.host.id
    const [passwd, group] = await Promise.all([readPasswd(access), readGroups(access)])
    if (passwd.kind === 'failed')
      return together(
        collected(accounts, host, [], failedBy(passwd.error)),
        collected(groups, host, [], failedBy(passwd.error)),
      )
    const values = await Promise.all(passwd.rows.map((row) => accountOf(access, row)))
    return together(
      collected(accounts, host, values, passwd.gap),
      group.kind === 'failed'
        ? collected(groups, host, [], failedBy(group.error))
        : groupsOf(host, group.rows, passwd.rows, passwd.gap ?? group.gap),
    )
  },
}

type Listed<Row> =
  | { readonly kind: 'listed'; readonly rows: readonly Row[]; readonly gap: Gap }
  | { readonly kind: 'failed'; readonly error: string }

/** Every account that the host's name service lists. */
export function readPasswd(access: HostAccess): Promise<Listed<PasswdRow>> {
  return list(access, 'passwd', parsePasswd)
}

export function readGroups(access: HostAccess): Promise<Listed<GroupRow>> {
  return list(access, 'group', parseGroups)
}

async function list<Row>(
  access: HostAccess,
  database: 'passwd' | 'group',
  parse: (text: string) => Row[],
): Promise<Listed<Row>> {
  const configuration = await access.files.text('/etc/nsswitch.conf')
  const unlisted = configuration.kind === 'seen' ? unlistedSources(configuration.value, database) : []
  const ran = await access.run('getent', [database])
  if (ran.kind !== 'ran' || ran.code !== 0)
    return { kind: 'failed', error: `getent ${database}: ${whyNot(ran)}` }
  return {
    kind: 'listed',
    rows: parse(ran.out),
    gap: unlisted.length === 0 ? null : partialWithout(`${database}: ${unlisted.join(', ')} (nsswitch.conf)`),
  }
}

/** Why a command gave nothing to read. */
export function whyNot(ran: Awaited<ReturnType<HostAccess['run']>>): string {
  if (ran.kind === 'absent') return 'not installed'
  if (ran.kind === 'timed-out') return `no answer within ${ran.after} ms`
  if (ran.kind === 'too-much') return `more than ${ran.maxBytes} bytes`
  return ran.errors.trim() === '' ? `exit ${ran.code}` : ran.errors
}

async function accountOf(access: HostAccess, row: PasswdRow): Promise<ValueOf<typeof accounts>> {
  const { name, uid, gid, home } = row
  const shell = row.shell === '' ? '/bin/sh' : row.shell
  return { host: access.host.id, name, uid, gid, home, shell, shellOpens: await opens(access, shell) }
}

const refusing = new Set(['nologin', 'false', 'true'])

/** A shell behind a folder that may not be read is taken to open: that is the reading that hides nothing. */
async function opens(access: HostAccess, shell: string): Promise<boolean> {
  if (!shell.startsWith('/') || refusing.has(lastPart(shell))) return false
  const [real, status] = await Promise.all([access.files.real(shell), access.files.status(shell)])
  if (status.kind !== 'seen') return status.kind === 'refused'
  const name = real.kind === 'seen' ? lastPart(real.value) : ''
  return status.value.kind === 'file' && (status.value.mode & 0o111) !== 0 && !refusing.has(name)
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** Groups with their members, those by primary group included. */
function groupsOf(
  host: string,
  rows: readonly GroupRow[],
  passwd: readonly PasswdRow[],
  gap: Gap,
): Collected {
  const values = rows.map(({ name, gid, members }) => ({
    host,
    name,
    gid,
    members: [
      ...new Set([...members, ...passwd.flatMap((row) => (row.gid === gid ? [row.name] : []))]),
    ].sort(),
  }))
  return collected(groups, host, values, gap)
}
