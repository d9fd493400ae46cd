import { control } from '@hevd/core'

export const encryptedInTransit = control('encrypted-in-transit')
