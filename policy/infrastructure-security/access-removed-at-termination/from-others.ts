import { duration, removal } from '@hevd/core'
import { leavers } from '../../populations.ts'
import { letsIn, lookedAt } from './host-account.ts'
import { accessAwaited, accessRemains, accountsOf, declared, endOfAccess } from './leaving.ts'
import { placeOf } from './place.ts'

/** Nobody who has left can log in to any other host, from the deadline for other systems on. */
export const fromOthers = removal('access-removed-at-termination/others', {
  of: leavers,
  parameters: { othersWithin: duration, involuntaryWithin: duration },
  reads: accountsOf,
  things: (_person, owned) => declared(owned).filter((key) => placeOf(key).kind === 'account'),
  readsOf: lookedAt,
  remains: (_key, seen, moment) => letsIn(seen, (role) => role !== 'production', moment),
  due: (person, { othersWithin, involuntaryWithin }) => endOfAccess(person, othersWithin, involuntaryWithin),
  awaited: accessAwaited,
  overdue: accessRemains,
})
