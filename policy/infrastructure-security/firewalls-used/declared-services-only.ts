import { check, fails, none, strings, type Truth, unknown } from '@hevd/core'
import { inboundPolicies, type ValueOf } from '@hevd/facts'
import { productionHosts } from '../../populations.ts'
import { beyond, declaredPorts, type Ports } from './ports.ts'

type Policy = ValueOf<typeof inboundPolicies>

/** What the rules let in from outside is on the list of declared services, and nothing else. */
export const declaredServicesOnly = check('firewalls-used/declared-services-only', {
  of: productionHosts,
  parameters: { declaredServices: strings },
  reads: (host) => ({ policies: inboundPolicies.ofHost(host.id) }),
  judge: (_host, { policies }, { declaredServices }) => {
    const declared = declaredPorts(declaredServices)
    const open = ({ tcp, udp }: Policy) => [
      ...described(beyond(tcp, declared.tcp), 'tcp'),
      ...described(beyond(udp, declared.udp), 'udp'),
    ]
    const undeclared = (policy: Policy): Truth => {
      if (open(policy).length > 0) return true
      const may = beyond(policy.mayTcp, declared.tcp).length + beyond(policy.mayUdp, declared.udp).length
      return (
        may > 0 && unknown('rules-not-modelled', { interface: policy.interface, matches: policy.unmodelled })
      )
    }
    return none(policies, undeclared, (found) =>
      fails('port-not-declared', { ports: [...new Set(found.flatMap(open))] }),
    )
  },
})

function described(ports: Ports, protocol: string): string[] {
  return ports.map(([first, last]) => `${first === last ? first : `${first}–${last}`}/${protocol}`)
}
