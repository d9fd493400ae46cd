import { check, fails, holds, outside, unknown, unseen } from '@hevd/core'
import { keyAccounts } from '@hevd/facts'
import { keyGrantsGiven } from '../../populations.ts'
import { isLive } from './grant-approved.ts'

/** An account that can use a key signs in with more than one factor. Services have tokens and no factors. */
export const secondFactor = check('encryption-keys-restricted/second-factor', {
  of: keyGrantsGiven,
  reads: ({ holder }) => ({ accounts: keyAccounts.byKey(holder.id) }),
  judge: (grant, { accounts }, _parameters, moment) => {
    const { holder } = grant
    if (holder.kind === 'service' || !isLive(grant, moment)) return outside
    const [account] = accounts.facts
    if (account === undefined) {
      const [missing] = accounts.unseen
      return missing === undefined ? outside : unseen(missing)
    }
    if (account.value.secondFactor === null) return unknown('second-factor-unknown', { key: grant.keyName })
    return account.value.secondFactor ? holds() : fails('second-factor-missing', { key: grant.keyName })
  },
})
