import { duration, removal } from '@hevd/core'
import { leavers } from '../../populations.ts'
import { letsIn, lookedAt } from './host-account.ts'
import { accessAwaited, accessRemains, accountsOf, declared, endOfAccess } from './leaving.ts'
import { placeOf } from './place.ts'

/** Nobody who has left can log in to a production host, from the deadline for production on. */
export const fromProduction = removal('access-removed-at-termination/production', {
  of: leavers,
  parameters: { productionWithin: duration, involuntaryWithin: duration },
  reads: accountsOf,
  things: (_person, owned) => declared(owned).filter((key) => placeOf(key).kind === 'account'),
  readsOf: lookedAt,
  remains: (_key, seen, moment) => letsIn(seen, (role) => role === 'production', moment),
  due: (person, { productionWithin, involuntaryWithin }) =>
    endOfAccess(person, productionWithin, involuntaryWithin),
  awaited: accessAwaited,
  overdue: accessRemains,
})
