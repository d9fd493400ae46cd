import { control } from '@hevd/core'
import { contractorBounded } from './contractor-bounded.ts'
import { fromDatabases } from './from-databases.ts'
import { fromOthers } from './from-others.ts'
import { fromProduction } from './from-production.ts'
import { reasons } from './reasons.ts'
import { serviceHandedOver } from './service-handed-over.ts'

export const accessRemovedAtTermination = control('access-removed-at-termination', {
  tests: [fromProduction, fromDatabases, fromOthers, contractorBounded, serviceHandedOver],
  reasons,
})
