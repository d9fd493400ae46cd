import { control } from '@hevd/core'

export const redundantPower = control('redundant-power')
