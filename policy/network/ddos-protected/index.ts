import { control } from '@hevd/core'

export const ddosProtected = control('ddos-protected')
