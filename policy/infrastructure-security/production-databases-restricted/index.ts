import { control } from '@hevd/core'

export const productionDatabasesRestricted = control('production-databases-restricted')
