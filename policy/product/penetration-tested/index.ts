import { control } from '@hevd/core'

export const penetrationTested = control('penetration-tested')
