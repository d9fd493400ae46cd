import { check, duration, fails, none, unknown } from '@hevd/core'
import { pendingReboots } from '@hevd/facts'
import { productionHosts } from '../../populations.ts'

/** No host has waited longer than its deadline for the restart that makes an installed update take effect. */
export const rebootInTime = check('patched/reboot-in-time', {
  of: productionHosts,
  parameters: { rebootWithin: duration },
  reads: (host) => ({ reboots: pendingReboots.ofHost(host.id) }),
  judge: (_host, { reboots }, { rebootWithin }, moment) => {
    if (reboots.facts.length === 0 && reboots.unseen.length === 0) return unknown('reboot-state-missing')
    return none(
      reboots,
      ({ pending, since }) => pending && since !== null && moment.elapsed(since, rebootWithin),
      ([reboot]) => fails('reboot-overdue', { because: reboot.because }),
    )
  },
})
