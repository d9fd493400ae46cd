import { check, duration } from '@hevd/core'
import { workstations } from '../../populations.ts'
import { areUpdated, waiting } from '../../updates.ts'

/** No security update has waited on a workstation longer than its deadline. */
export const workstationUpdated = check('endpoints-protected/updates-in-time', {
  of: workstations,
  parameters: { updatesWithin: duration, listsNoOlderThan: duration },
  reads: (host) => waiting(host.id),
  judge: (_host, readings, { updatesWithin, listsNoOlderThan }, moment) =>
    areUpdated(readings, updatesWithin, listsNoOlderThan, moment),
})
