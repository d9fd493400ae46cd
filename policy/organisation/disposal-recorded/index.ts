import { control } from '@hevd/core'

export const disposalRecorded = control('disposal-recorded')
