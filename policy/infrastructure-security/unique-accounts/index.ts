import { control } from '@hevd/core'

export const uniqueAccounts = control('unique-accounts')
