import { duration, removal } from '@hevd/core'
import { hosts, postgresRoles } from '@hevd/facts'
import { leavers } from '../../populations.ts'
import { nothingOr } from './host-account.ts'
import { accessAwaited, accessRemains, accountsOf, declared, endOfAccess } from './leaving.ts'
import { placeOf } from './place.ts'

/**
 * No role of a person who has left can log in to a database, from the deadline for databases on. An expired password does
 * not close a role: PostgreSQL still lets it in by certificate, peer and trust.
 */
export const fromDatabases = removal('access-removed-at-termination/databases', {
  of: leavers,
  parameters: { databasesWithin: duration, involuntaryWithin: duration },
  reads: accountsOf,
  things: (_person, owned) => declared(owned).filter((key) => placeOf(key).kind === 'role'),
  readsOf: (key) => {
    const place = placeOf(key)
    return {
      host: hosts.byKey(place.host),
      roles: postgresRoles.ofServer(place.kind === 'role' ? place.server : place.host),
    }
  },
  remains: (key, { host, roles }) => {
    if (host.facts.length === 0) return nothingOr(host)
    const role = roles.facts.find(({ value }) => postgresRoles.key(value) === key)
    return role === undefined ? nothingOr(roles) : role.value.canLogin
  },
  due: (person, { databasesWithin, involuntaryWithin }) =>
    endOfAccess(person, databasesWithin, involuntaryWithin),
  awaited: accessAwaited,
  overdue: accessRemains,
})
