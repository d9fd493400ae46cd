import { check, duration } from '@hevd/core'
import { hearing, isHeard } from '../../heard.ts'
import { productionHosts } from '../../populations.ts'

/** Every production host is heard from; one that has been silent too long, or never spoke, fails. */
export const hostsHeard = check('continuously-monitored/hosts-heard', {
  of: productionHosts,
  parameters: { silentAtMost: duration },
  reads: (host) => hearing(host.id),
  judge: (_host, heard, { silentAtMost }, moment) => isHeard(heard, silentAtMost, moment),
})
