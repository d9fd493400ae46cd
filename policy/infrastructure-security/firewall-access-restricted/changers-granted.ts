import { allOf, check, outside, strings } from '@hevd/core'
import {
  accessGrants,
  accountOwners,
  accounts,
  controlSockets,
  fileCapabilities,
  groups,
  hosts,
  namedServices,
  people,
  sudoRules,
} from '@hevd/facts'
import { granted, type Held } from '../../granted.ts'
import { canLogIn, waysIn } from '../../log-in.ts'
import { belongsToOne } from '../../ownership.ts'
import { hostAccounts } from '../../populations.ts'
import { waysToChange } from './ways.ts'

/**
 * Every account of a production host that somebody can log in to and that can change its packet filter has an owner with
 * a grant in force for that.
 */
export const changersGranted = check('firewall-access-restricted/changers-granted', {
  of: hostAccounts,
  parameters: { firewallCommands: strings, rootCommands: strings },
  reads: (account) => ({
    host: hosts.byKey(account.host),
    groups: groups.withMember(accounts.key(account)),
    hostGroups: groups.ofHost(account.host),
    sudo: sudoRules.ofHost(account.host),
    capabilities: fileCapabilities.ofHost(account.host),
    sockets: controlSockets.ofHost(account.host),
    ...waysIn(account),
    owners: accountOwners.ofAccount(accounts.key(account)),
  }),
  follow: (_account, { owners }) => ({
    persons: owners.facts.map(({ value }) => people.byKey(value.owner.id)),
    services: owners.facts.map(({ value }) => namedServices.byKey(value.owner.id)),
    grants: owners.facts.map(({ value }) => accessGrants.ofHolder(`${value.owner.kind}/${value.owner.id}`)),
  }),
  judge: (account, readings, commands, moment) => {
    if (readings.host.facts.some(({ value }) => value.role !== 'production')) return outside
    const open = canLogIn(account, readings, moment)
    if (open === false) return outside
    const { seen, others } = waysToChange(account, readings, commands)
    if (seen.length === 0) {
      if (typeof others !== 'boolean') return others
      return outside
    }
    const held = seen.map(
      (name): Held => ({
        name,
        covered: (access) => access.kind === 'firewall' && access.host === account.host,
      }),
    )
    const byGrant = granted(held, readings.grants, moment)
    const owned = belongsToOne(readings, moment)
    const judged = owned.verdict === 'holds' ? byGrant : allOf(owned, byGrant)
    return judged.verdict === 'fails' && open !== true ? open : judged
  },
})
