import { control } from '@hevd/core'

export const disposalVerified = control('disposal-verified')
