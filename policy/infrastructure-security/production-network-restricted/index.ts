import { control } from '@hevd/core'

export const productionNetworkRestricted = control('production-network-restricted')
