import { check, outside } from '@hevd/core'
import { accountOwners, accounts, namedServices, people } from '@hevd/facts'
import { canLogIn, waysIn } from '../../log-in.ts'
import { belongsToOne } from '../../ownership.ts'
import { hostAccounts } from '../../populations.ts'

/** Every account that somebody can log in to belongs to exactly one person or one named service. */
export const oneOwner = check('unique-accounts/one-owner', {
  of: hostAccounts,
  reads: (account) => ({
    ...waysIn(account),
    owners: accountOwners.ofAccount(accounts.key(account)),
  }),
  follow: (_account, { owners }) => ({
    persons: owners.facts.map((fact) => people.byKey(fact.value.owner.id)),
    services: owners.facts.map((fact) => namedServices.byKey(fact.value.owner.id)),
  }),
  judge: (account, readings, _parameters, moment) => {
    const open = canLogIn(account, readings, moment)
    if (open === false) return outside
    return open === true ? belongsToOne(readings, moment) : open
  },
})
