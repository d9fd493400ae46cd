import { check, duration } from '@hevd/core'
import { hearing, isHeard } from '../../heard.ts'
import { workstations } from '../../populations.ts'

/** A workstation's agent has been heard lately; a laptop may be away, though not for ever. */
export const workstationHeard = check('endpoints-protected/workstation-heard', {
  of: workstations,
  parameters: { seenWithin: duration },
  reads: (host) => hearing(host.id),
  judge: (_host, heard, { seenWithin }, moment) => isHeard(heard, seenWithin, moment),
})
