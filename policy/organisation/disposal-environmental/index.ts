import { control } from '@hevd/core'

export const disposalEnvironmental = control('disposal-environmental')
