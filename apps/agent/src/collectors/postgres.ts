import {
  hbaRules,
  postgresConnections,
  postgresDirectories,
  postgresRoles,
  postgresServers,
  type ValueOf,
} from '@hevd/facts'
import {
  type Collected,
  type Collector,
  collected,
  failedBy,
  type Gap,
  needsRight,
  together,
} from '../collector.ts'
import type { HostAccess } from '../host/access.ts'
import {
  connectionsAnswer,
  rolesAnswer,
  rulesAnswer,
  serverAnswer,
  verifiersAnswer,
} from '../postgres/answers.ts'
import { type Ask, speakWith } from '../postgres/ask.ts'
import { type Cluster, downClusters } from '../postgres/clusters.ts'
import { directories } from '../postgres/directories.ts'
import { rulesOf } from '../postgres/hba.ts'
import { type Place, placesOf } from '../postgres/places.ts'

const types = [postgresServers, postgresRoles, hbaRules, postgresConnections, postgresDirectories] as const

/** PostgreSQL servers of this host and those it was given: settings, roles, who may come from where, who is connected. */
export const postgresCollector: Collector = {
  name: 'postgres',
  types: types.map(({ name }) => name),
  title: { nb: 'PostgreSQL-tjenere', en: 'PostgreSQL servers' },
  interval: 'PT5M',
  collect: async (access) => {
    const { places, gap } = await placesOf(access)
    const found = await Promise.all(places.map((place) => look(access, place)))
    const clusters = found.flatMap(({ cluster }) => cluster ?? [])
    const listening = new Set(places.flatMap(({ id }, at) => (found[at]?.isGone === true ? [] : [id])))
    const down = gap === null ? await downClusters(access, listening, clusters) : []
    return together(
      unseen(access.host.id, gap),
      ...found.map(({ collected }) => collected),
      ...down.map((one) => unseen(one.server, one.gap)),
    )
  },
}

/** No facts, and why; a host whose servers were all found says that it was looked at whole. */
function unseen(scope: string, gap: Gap): Collected {
  return together(...types.map((type) => collected(type, scope, [], gap)))
}

type Found = {
  readonly collected: Collected
  /** Where its data lie, if it runs on this host and that could be asked. */
  readonly cluster: Cluster | null
  readonly isGone: boolean
}

async function look(access: HostAccess, place: Place): Promise<Found> {
  const asked = await speakWith(access, place, (ask) => facts(access, place, ask))
  if (asked.kind === 'asked') return { ...asked.value, isGone: false }
  if (asked.kind === 'gone') return { collected: together(), cluster: null, isGone: true }
  const gap = asked.kind === 'no-login' ? needsRight(asked.right) : failedBy(asked.error)
  return { collected: unseen(place.id, gap), cluster: null, isGone: false }
}

async function facts(
  access: HostAccess,
  { id, local }: Place,
  ask: Ask,
): Promise<Pick<Found, 'collected' | 'cluster'>> {
  const {
    role,
    readsRules,
    readsConnections,
    readsVerifiers,
    sslMinimumVersion,
    dataDirectory,
    tablespaces,
    ...settings
  } = serverAnswer.parse(await ask('server'))
  const grantee = `"${role.replaceAll('"', '""')}"`
  const seen = together(
    collected(
      postgresServers,
      id,
      [{ id, host: access.host.id, ...settings, sslMinimumVersion: sslMinimumVersion ?? '' }],
      sslMinimumVersion === null ? needsRight(`GRANT pg_read_all_settings TO ${grantee}`) : null,
    ),
    collected(postgresRoles, id, await roles(id, ask, readsVerifiers)),
    readsRules
      ? collected(hbaRules, id, rulesOf(id, rulesAnswer.parse(await ask('rules'))))
      : collected(hbaRules, id, [], rulesRight(grantee)),
    readsConnections
      ? collected(postgresConnections, id, await connections(access, id, ask))
      : collected(postgresConnections, id, [], needsRight(`GRANT pg_read_all_stats TO ${grantee}`)),
    await directories(access, { id, local, dataDirectory, tablespaces }, grantee),
  )
  const cluster = local && dataDirectory !== null ? { server: id, dataDirectory } : null
  return { collected: seen, cluster }
}

function rulesRight(grantee: string): Gap {
  return needsRight(
    `GRANT SELECT ON pg_hba_file_rules TO ${grantee}; GRANT EXECUTE ON FUNCTION pg_hba_file_rules() TO ${grantee}`,
  )
}

/** Whether a role has a password, and of which kind, only a superuser may see; no right is worth giving for it. */
async function roles(
  server: string,
  ask: Ask,
  readsVerifiers: boolean,
): Promise<ValueOf<typeof postgresRoles>[]> {
  const listed = rolesAnswer.parse(await ask('roles'))
  const kinds = readsVerifiers ? verifiersAnswer.parse(await ask('verifiers')) : {}
  return listed.map((role) => ({ server, ...role, password: kinds[role.name] ?? null }))
}

/** Connections from other machines: this host's own addresses are not among them. */
async function connections(
  access: HostAccess,
  server: string,
  ask: Ask,
): Promise<ValueOf<typeof postgresConnections>[]> {
  const own = new Set(access.addresses())
  const counted = new Map<string, ValueOf<typeof postgresConnections>>()
  for (const { role, encrypted, address, count } of connectionsAnswer.parse(await ask('connections'))) {
    if (own.has(address) || address === '::1' || /^127\./.test(address)) continue
    const name = `${role}/${encrypted}`
    counted.set(name, { server, role, encrypted, count: (counted.get(name)?.count ?? 0) + count })
  }
  return [...counted.values()]
}
