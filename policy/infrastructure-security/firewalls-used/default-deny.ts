import { check, fails, none } from '@hevd/core'
import { inboundPolicies } from '@hevd/facts'
import { productionHosts } from '../../populations.ts'

/** A packet from outside that no rule speaks of is stopped, on every interface and in both families. */
export const defaultDeny = check('firewalls-used/default-deny', {
  of: productionHosts,
  reads: (host) => ({ policies: inboundPolicies.ofHost(host.id) }),
  judge: (_host, { policies }) =>
    none(
      policies,
      (policy) => policy.defaultAccept,
      (open) =>
        fails('accepts-by-default', {
          interfaces: open.map(({ interface: name, family }) => `${name} (${family})`),
        }),
    ),
})
