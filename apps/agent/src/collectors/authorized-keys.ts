import { authorizedKeys, certificateAuthorities, type ValueOf } from '@hevd/facts'
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
  together,
} from '../collector.ts'
import type { HostAccess } from '../host/access.ts'
import { parseAuthorizedKeys } from '../sshd/authorized-keys.ts'
import { type EffectiveServer, effectiveServers } from '../sshd/effective.ts'
import { expand } from '../sshd/expand.ts'
import { isSafe } from '../sshd/strict-modes.ts'
import { userAuthorities } from '../sshd/user-authorities.ts'
import { readPasswd } from './accounts.ts'
import type { PasswdRow } from './name-service.ts'

type Key = ValueOf<typeof authorizedKeys>

/** Public keys and certificate authorities that sshd lets in for each account, by the files that its own settings name. */
export const authorizedKeysCollector: Collector = {
  name: 'authorized-keys',
  types: [authorizedKeys.name, certificateAuthorities.name],
  title: { nb: 'Autoriserte SSH-nøkler', en: 'Authorised SSH keys' },
  interval: 'PT5M',
  collect: async (access) => {
    const host = access.host.id
    const { servers, gap } = await effectiveServers(access)
    if (servers.length === 0) return nothing(host, gap)
    const passwd = await readPasswd(access)
    if (passwd.kind === 'failed') return nothing(host, failedBy(passwd.error))
    const found = await Promise.all(passwd.rows.map((row) => keysOf(access, row, servers)))
    const hidden = found.flatMap(({ refused }) => refused)
    const trusted = await userAuthorities(access, passwd.rows, servers)
    return together(
      collected(
        authorizedKeys,
        host,
        found.flatMap(({ keys }) => keys),
        firstGap(
          gap,
          hidden.length === 0 ? null : needsRight(`${rootRight} (${shortened(hidden)})`),
          commandGap(servers),
          passwd.gap,
        ),
      ),
      collected(certificateAuthorities, host, trusted.authorities, firstGap(gap, trusted.gap, passwd.gap)),
    )
  },
}

function nothing(host: string, gap: Gap): Collected {
  return together(collected(authorizedKeys, host, [], gap), collected(certificateAuthorities, host, [], gap))
}

/** Keys that a program gives sshd are in no file. */
function commandGap(servers: readonly EffectiveServer[]): Gap {
  const commands = servers
    .flatMap(({ everybody, accounts }) => [everybody, ...accounts.values()])
    .flatMap(({ authorizedKeysCommand }) => authorizedKeysCommand ?? [])
  return commands[0] === undefined ? null : partialWithout(`AuthorizedKeysCommand ${commands[0]}`)
}

function shortened(names: readonly string[]): string {
  const few = names.slice(0, 5).join(', ')
  return names.length > 5 ? `${few}, +${names.length - 5}` : few
}

/** The keys of one account, and its name when one of its files may not be read. */
async function keysOf(access: HostAccess, account: PasswdRow, servers: readonly EffectiveServer[]) {
  const wanted = new Map<string, boolean>()
  for (const { everybody, accounts } of servers) {
    const effective = accounts.get(account.name) ?? everybody
    if (!effective.pubkeyAuthentication) continue
    for (const pattern of effective.authorizedKeysFiles) {
      const file = expand(pattern, account)
      wanted.set(file, (wanted.get(file) ?? true) && effective.strictModes)
    }
  }
  const keys: Key[] = []
  let hidden = false
  for (const [file, strict] of wanted) {
    const text = await access.files.text(file)
    const safe = strict && text.kind === 'seen' ? await isSafe(access, file, account) : null
    hidden ||= text.kind === 'refused' || safe?.kind === 'refused'
    if (text.kind !== 'seen' || (safe?.kind === 'seen' && !safe.value)) continue
    for (const { type, ...key } of parseAuthorizedKeys(text.value, access.now()))
      keys.push({
        host: access.host.id,
        account: account.name,
        ...key,
        options: [...key.options],
        keyType: type,
        file,
      })
  }
  return { keys, refused: hidden ? [account.name] : [] }
}
