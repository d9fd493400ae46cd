import { control } from '@hevd/core'

export const disposalDestroyed = control('disposal-destroyed')
