import { control } from '@hevd/core'

export const dataLocation = control('data-location')
