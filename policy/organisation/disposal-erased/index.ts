import { control } from '@hevd/core'

export const disposalErased = control('disposal-erased')
