import { check, outside, strings } from '@hevd/core'
import { accountOwners, accounts, groups, namedServices, people, sudoRules } from '@hevd/facts'
import { canLogIn, waysIn } from '../../log-in.ts'
import { belongsToOne } from '../../ownership.ts'
import { hostAccounts } from '../../populations.ts'
import { isPrivileged } from './privileged.ts'

/** Every account with administrator rights that somebody can log in to belongs to one named person or service. */
export const privilegeOwned = check('production-os-restricted/privilege-owned', {
  of: hostAccounts,
  parameters: { adminGroups: strings },
  reads: (account) => ({
    groups: groups.withMember(accounts.key(account)),
    hostGroups: groups.ofHost(account.host),
    sudo: sudoRules.ofHost(account.host),
    ...waysIn(account),
    owners: accountOwners.ofAccount(accounts.key(account)),
  }),
  follow: (_account, { owners }) => ({
    persons: owners.facts.map((fact) => people.byKey(fact.value.owner.id)),
    services: owners.facts.map((fact) => namedServices.byKey(fact.value.owner.id)),
  }),
  judge: (account, readings, { adminGroups }, moment) => {
    const open = canLogIn(account, readings, moment)
    if (open === false) return outside
    const privileged = isPrivileged(account, readings, adminGroups)
    if (privileged === false) return outside
    if (privileged !== true) return privileged
    return open === true ? belongsToOne(readings, moment) : open
  },
})
