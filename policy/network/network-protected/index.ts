import { control } from '@hevd/core'

export const networkProtected = control('network-protected')
