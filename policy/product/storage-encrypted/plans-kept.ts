import { check, fails, holds, outside, unseen } from '@hevd/core'
import { backupPlans } from '@hevd/facts'
import { rememberedSources } from '../../populations.ts'

/** What was backed up once is still planned to be, unless somebody has ended it. */
export const plansKept = check('storage-encrypted/plans-kept', {
  of: rememberedSources,
  reads: ({ id }) => ({ plan: backupPlans.ofPlan(id) }),
  judge: ({ endedAt }, { plan }) => {
    if (endedAt !== null) return outside
    if (plan.facts.length > 0) return holds()
    const [missing] = plan.unseen
    return missing === undefined ? fails('plan-gone') : unseen(missing)
  },
})
