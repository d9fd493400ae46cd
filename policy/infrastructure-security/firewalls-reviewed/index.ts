import { control } from '@hevd/core'

export const firewallsReviewed = control('firewalls-reviewed')
