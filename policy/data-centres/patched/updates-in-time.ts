import { check, duration } from '@hevd/core'
import { productionHosts } from '../../populations.ts'
import { areUpdated, waiting } from '../../updates.ts'

/** No security update has waited longer than its deadline, by package lists that are young enough to know. */
export const updatesInTime = check('patched/updates-in-time', {
  of: productionHosts,
  parameters: { securityWithin: duration, listsNoOlderThan: duration },
  reads: (host) => waiting(host.id),
  judge: (_host, readings, { securityWithin, listsNoOlderThan }, moment) =>
    areUpdated(readings, securityWithin, listsNoOlderThan, moment),
})
