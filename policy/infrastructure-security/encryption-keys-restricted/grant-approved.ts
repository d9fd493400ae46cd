import { check, endOfDate, fails, holds, outside, startOfDate } from '@hevd/core'
import type { keyGrants, ValueOf } from '@hevd/facts'
import { keyGrantsGiven } from '../../populations.ts'

export type KeyGrant = ValueOf<typeof keyGrants>

/** Every grant that gives something now was approved by another than who asked for it or has it, with a purpose and an end. */
export const grantApproved = check('encryption-keys-restricted/grant-approved', {
  of: keyGrantsGiven,
  reads: () => ({}),
  judge: (grant, _readings, _parameters, moment) => {
    if (!isLive(grant, moment)) return outside
    const { approvedBy, askedBy, holder, singleApprover, keyName, purpose, until } = grant
    if (approvedBy === null) return fails('grant-not-approved', { key: keyName })
    if (purpose.trim() === '') return fails('grant-without-purpose', { key: keyName })
    const own = approvedBy === askedBy || (holder.kind === 'account' && approvedBy === holder.id)
    if (own && !singleApprover) return fails('grant-own-approval', { key: keyName })
    return own ? holds('grant-single-approver', { until }) : holds('grant-approved', { until })
  },
})

/** Whether a grant gives something now, from the first instant of its first day to the end of its last. */
export function isLive(
  { from, until, revokedAt }: KeyGrant,
  moment: { readonly zone: string; passed(at: number): boolean },
): boolean {
  if (revokedAt !== null || moment.passed(endOfDate(until, moment.zone))) return false
  return moment.passed(startOfDate(from, moment.zone))
}
