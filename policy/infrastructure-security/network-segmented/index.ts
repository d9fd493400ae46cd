import { control } from '@hevd/core'

export const networkSegmented = control('network-segmented')
