import { control } from '@hevd/core'

export const disposalInventoried = control('disposal-inventoried')
