import { control } from '@hevd/core'
import { privilegeGranted } from './privilege-granted.ts'
import { reasons } from './reasons.ts'

export const productionDatabasesRestricted = control('production-databases-restricted', {
  tests: [privilegeGranted],
  reasons,
})
