import { control } from '@hevd/core'

export const facilityCertified = control('facility-certified')
