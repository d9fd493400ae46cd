import { control } from '@hevd/core'

export const accessRemovedAtTermination = control('access-removed-at-termination')
