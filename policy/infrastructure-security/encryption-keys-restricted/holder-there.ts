import { check, fails, type Holds, holds, outside, type Reading, type Unknown, unseen } from '@hevd/core'
import { keyAccounts, namedServices } from '@hevd/facts'
import { keyGrantsGiven } from '../../populations.ts'
import { isLive } from './grant-approved.ts'

/** Nobody holds a grant whose account is disabled, or whose service is not in the register any more. */
export const holderThere = check('encryption-keys-restricted/holder-there', {
  of: keyGrantsGiven,
  reads: ({ holder }) => ({
    accounts: keyAccounts.byKey(holder.id),
    services: namedServices.byKey(holder.id),
  }),
  judge: (grant, { accounts, services }, _parameters, moment) => {
    if (!isLive(grant, moment)) return outside
    const { holder, keyName: key } = grant
    if (holder.kind === 'service') return isThere(services) ?? fails('service-gone', { key })
    const disabled = accounts.facts.find(({ value }) => value.disabledAt !== null)
    if (disabled !== undefined) return fails('account-disabled', { key })
    return isThere(accounts) ?? fails('account-gone', { key })
  },
})

/** Null where there is none, and that was seen. */
function isThere(reading: Reading): Holds | Unknown | null {
  if (reading.facts.length > 0) return holds()
  const [missing] = reading.unseen
  return missing === undefined ? null : unseen(missing)
}
