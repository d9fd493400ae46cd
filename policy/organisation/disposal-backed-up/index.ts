import { control } from '@hevd/core'

export const disposalBackedUp = control('disposal-backed-up')
