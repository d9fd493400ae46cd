import { control } from '@hevd/core'

export const patched = control('patched')
