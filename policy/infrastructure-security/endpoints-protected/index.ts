import { control } from '@hevd/core'

export const endpointsProtected = control('endpoints-protected')
