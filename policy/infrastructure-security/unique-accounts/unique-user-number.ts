import { check, fails, holds } from '@hevd/core'
import { userNumbers } from '../../populations.ts'

/** No two accounts of a host have the same user number: the kernel could not tell them apart. */
export const uniqueUserNumber = check('unique-accounts/unique-user-number', {
  of: userNumbers,
  reads: () => ({}),
  judge: ({ members }) =>
    members.length === 1
      ? holds()
      : fails('user-number-shared', { accounts: members.map((account) => account.name) }),
})
