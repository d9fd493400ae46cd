import { control } from '@hevd/core'

export const bugBounty = control('bug-bounty')
