import { check } from '@hevd/core'
import { inboundPolicies } from '@hevd/facts'
import { deniesByDefault } from '../../inbound.ts'
import { productionHosts } from '../../populations.ts'

/** A packet from outside that no rule speaks of is stopped, on every interface and in both families. */
export const defaultDeny = check('firewalls-used/default-deny', {
  of: productionHosts,
  reads: (host) => ({ policies: inboundPolicies.ofHost(host.id) }),
  judge: (_host, { policies }) => deniesByDefault(policies),
})
