import { check } from '@hevd/core'
import { inboundPolicies } from '@hevd/facts'
import { deniesByDefault } from '../../inbound.ts'
import { workstations } from '../../populations.ts'

/** The firewall of a workstation stops what no rule speaks of. */
export const firewallOn = check('endpoints-protected/firewall-on', {
  of: workstations,
  reads: (host) => ({ policies: inboundPolicies.ofHost(host.id) }),
  judge: (_host, { policies }) => deniesByDefault(policies),
})
