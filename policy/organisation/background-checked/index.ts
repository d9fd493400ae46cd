import { control } from '@hevd/core'

export const backgroundChecked = control('background-checked')
