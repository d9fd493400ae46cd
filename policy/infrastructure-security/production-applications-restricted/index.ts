import { control } from '@hevd/core'

export const productionApplicationsRestricted = control('production-applications-restricted')
