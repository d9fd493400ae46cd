import { control } from '@hevd/core'

export const firewallsUsed = control('firewalls-used')
