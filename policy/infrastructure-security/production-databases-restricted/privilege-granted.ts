import { allOf, check, outside, strings, unseen } from '@hevd/core'
import {
  accessGrants,
  accountOwners,
  hbaRules,
  hosts,
  namedServices,
  people,
  postgresRoles,
} from '@hevd/facts'
import { granted } from '../../granted.ts'
import { belongsToOne } from '../../ownership.ts'
import { databaseRoles } from '../../populations.ts'
import { privilegesOf } from './privileges.ts'
import { canConnect } from './way-in.ts'

/**
 * Every role with privileges that somebody can come in as, on a server of a production host, has an owner with a grant in
 * force for each of them. Hevd's own roles have grants that come with it, which are listed as the others are.
 */
export const privilegeGranted = check('production-databases-restricted/privilege-granted', {
  of: databaseRoles,
  parameters: { privilegedRoles: strings },
  reads: (role) => ({
    host: hosts.byKey(hostOf(role.server)),
    roles: postgresRoles.ofServer(role.server),
    rules: hbaRules.ofServer(role.server),
    owners: accountOwners.ofAccount(postgresRoles.key(role)),
  }),
  follow: (role, { owners }) => ({
    persons: owners.facts.map(({ value }) => people.byKey(value.owner.id)),
    services: owners.facts.map(({ value }) => namedServices.byKey(value.owner.id)),
    grants: owners.facts.map(({ value }) => accessGrants.ofHolder(`${value.owner.kind}/${value.owner.id}`)),
    builtIn: accessGrants.ofHolder(`account/${postgresRoles.key(role)}`),
  }),
  judge: (role, readings, { privilegedRoles }, moment) => {
    const { host, roles, rules, grants, builtIn } = readings
    if (host.facts.some(({ value }) => value.role !== 'production')) return outside
    const all = roles.facts.map(({ value }) => value)
    const open = canConnect(role, all, rules, moment)
    if (open === false) return outside
    const held = privilegesOf(role, all, privilegedRoles)
    if (held.length === 0) {
      const [missing] = roles.unseen
      return missing === undefined ? outside : unseen(missing)
    }
    const own = builtIn.facts.length === 0 ? null : granted(held, builtIn, moment)
    if (own?.verdict === 'holds') return own
    const byGrant = granted(held, grants, moment)
    const owned = belongsToOne(readings, moment)
    const judged = owned.verdict === 'holds' ? byGrant : allOf(owned, byGrant)
    return judged.verdict === 'fails' && open !== true ? open : judged
  },
})

/** A server's id begins with its host's (`postgres-server`). */
function hostOf(server: string): string {
  return server.slice(0, server.indexOf('/'))
}
