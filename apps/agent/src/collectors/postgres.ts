import type { Coverage } from '@hevd/core'
import { hbaRules, postgresConnections, postgresRoles, postgresServers, type ValueOf } from '@hevd/facts'
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
import { rulesOf } from '../postgres/hba.ts'
import { type Place, placesOf } from '../postgres/places.ts'

const types = [postgresServers, postgresRoles, hbaRules, postgresConnections] as const

/** PostgreSQL servers of this host and those it was given: settings, roles, who may come from where, who is connected. */
export const postgresCollector: Collector = {
  name: 'postgres',
  types: types.map(({ name }) => name),
  title: { nb: 'PostgreSQL-tjenere', en: 'PostgreSQL servers' },
  interval: 'PT5M',
  collect: async (access) => {
    const places = await placesOf(access)
    const all = await Promise.all(places.map((place) => look(access, place)))
    const listed = types.map(
      ({ name }): Coverage => ({
        type: name,
        scope: access.host.id,
        state: 'complete',
        detail: '',
      }),
    )
    return together({ facts: [], coverage: listed }, ...all)
  },
}

async function look(access: HostAccess, place: Place): Promise<Collected> {
  const asked = await speakWith(access, place, (ask) => facts(access, place.id, ask))
  if (asked.kind === 'asked') return asked.value
  if (asked.kind === 'gone') return { facts: [], coverage: [] }
  const gap = asked.kind === 'no-login' ? needsRight(asked.right) : failedBy(asked.error)
  return together(...types.map((type) => collected(type, place.id, [], gap)))
}

async function facts(access: HostAccess, id: string, ask: Ask): Promise<Collected> {
  const { role, readsRules, readsConnections, readsVerifiers, sslMinimumVersion, ...settings } =
    serverAnswer.parse(await ask('server'))
  const grantee = `"${role.replaceAll('"', '""')}"`
  return together(
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
  )
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
