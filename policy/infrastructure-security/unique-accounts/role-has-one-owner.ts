import { check, outside } from '@hevd/core'
import { accountOwners, namedServices, people, postgresRoles } from '@hevd/facts'
import { belongsToOne } from '../../ownership.ts'
import { databaseRoles } from '../../populations.ts'

/** Every PostgreSQL role that can log in belongs to exactly one person or one named service. */
export const roleHasOneOwner = check('unique-accounts/database-role-one-owner', {
  of: databaseRoles,
  reads: (role) => ({ owners: accountOwners.ofAccount(postgresRoles.key(role)) }),
  follow: (_role, { owners }) => ({
    persons: owners.facts.map((fact) => people.byKey(fact.value.owner.id)),
    services: owners.facts.map((fact) => namedServices.byKey(fact.value.owner.id)),
  }),
  judge: (role, readings, _parameters, moment) => (role.canLogin ? belongsToOne(readings, moment) : outside),
})
