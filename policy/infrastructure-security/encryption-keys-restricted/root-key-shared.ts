import { check, fails, holds, integer, merged, unseen } from '@hevd/core'
import { keyAccounts } from '@hevd/facts'
import { rootKeys } from '../../populations.ts'

/** It takes several people to open the vault, and as many as the policy says can still take part. */
export const rootKeyShared = check('encryption-keys-restricted/root-key-shared', {
  of: rootKeys,
  parameters: { rootKeyCustodians: integer },
  reads: () => ({}),
  follow: ({ custodians }) => ({ accounts: custodians.map((id) => keyAccounts.byKey(id)) }),
  judge: ({ seal, custodians, threshold }, { accounts }, { rootKeyCustodians: least }) => {
    if (seal !== 'shares' || threshold < 2) return fails('root-key-not-shared', { seal })
    const { facts, unseen: missing } = merged([accounts].flat())
    const able = facts.filter(({ value }) => value.disabledAt === null).length
    if (custodians.length < least)
      return fails('custodians-too-few', { custodians: custodians.length, least })
    if (able >= least) return holds('root-key-shared', { threshold, custodians: able })
    const [first] = missing
    return first === undefined ? fails('custodians-disabled', { custodians: able, least }) : unseen(first)
  },
})
