import { check, fails, none, unknown } from '@hevd/core'
import { inboundPolicies } from '@hevd/facts'
import { productionHosts } from '../../populations.ts'

/** A packet from outside that no rule speaks of is stopped, on every interface and in both families. */
export const defaultDeny = check('firewalls-used/default-deny', {
  of: productionHosts,
  reads: (host) => ({ policies: inboundPolicies.ofHost(host.id) }),
  judge: (_host, { policies }) =>
    none(
      policies,
      (policy) =>
        policy.defaultAccept ??
        unknown('rules-not-modelled', { interface: policy.interface, matches: policy.unmodelled }),
      (open) =>
        fails('accepts-by-default', {
          interfaces: open.map(({ interface: name, family }) => `${name} (${family})`),
        }),
    ),
})
