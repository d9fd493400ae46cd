import { check, fails, outside } from '@hevd/core'
import { accountOwners, accounts, namedServices, people } from '@hevd/facts'
import { canLogIn, waysIn } from '../../log-in.ts'
import { belongsToOne } from '../../ownership.ts'
import { hostAccounts } from '../../populations.ts'

/** A session in any account that can be logged in to is one person's; one that is root's could be anybody's. */
export const traceable = check('unique-network-authentication/session-traceable', {
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
    if (open !== true) return open
    const owned = belongsToOne(readings, moment)
    const distinct = new Set(readings.keys.facts.map(({ value }) => value.fingerprint)).size
    const byService = readings.owners.facts.some(({ value }) => value.owner.kind === 'service')
    if (owned.verdict === 'holds' && byService && distinct > 1)
      return fails('service-keys-several', { keys: distinct })
    return owned
  },
})
