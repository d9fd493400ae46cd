import { inboundPolicies, ruleSets } from '@hevd/facts'
import { type Inbound, inbound, ReachError } from '@hevd/reach'
import { type Collected, type Collector, collected, failedBy, type Gap, together } from '../collector.ts'
import { entrances } from '../firewall/interfaces.ts'
import { type Listing, listRules } from '../firewall/listing.ts'
import { ruleSetsOf } from '../firewall/rule-set.ts'
import type { HostAccess } from '../host/access.ts'

/**
 * What is loaded in the kernel's packet filter, and what it does as a whole to a new packet from outside. A host
 * without any rule is seen too: it lets everything in.
 */
export const firewallCollector: Collector = {
  name: 'firewall',
  types: [ruleSets.name, inboundPolicies.name],
  title: { nb: 'Brannmur', en: 'Firewall' },
  interval: 'PT1M',
  collect: async (access) => {
    const listing = await listRules(access)
    return 'gap' in listing ? unseen(access, listing.gap) : seen(access, listing)
  },
}

function unseen({ host }: HostAccess, gap: Gap): Collected {
  return together(collected(ruleSets, host.id, [], gap), collected(inboundPolicies, host.id, [], gap))
}

async function seen(access: HostAccess, listing: Listing): Promise<Collected> {
  const host = access.host.id
  const loaded = collected(ruleSets, host, ruleSetsOf(host, listing))
  const interfaces = await entrances(access)
  const takes = ({ interface: name, family }: Inbound) =>
    interfaces.some((one) => one.name === name && one.families.includes(family))
  try {
    const rules = { nft: listing.nft, saves: [...listing.saves.values()] }
    const policies = inbound(rules, { interfaces }).filter(takes)
    return together(
      loaded,
      collected(
        inboundPolicies,
        host,
        policies.map(({ witnesses: _, ...policy }) => ({ host, ...policy })),
      ),
    )
  } catch (error) {
    if (!(error instanceof ReachError)) throw error
    return together(loaded, collected(inboundPolicies, host, [], failedBy(error.message)))
  }
}
