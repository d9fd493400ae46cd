import { control } from '@hevd/core'

export const productionOsRestricted = control('production-os-restricted')
