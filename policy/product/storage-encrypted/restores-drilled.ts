import { duration, fails, holds, obligation, told, toldBySubject, within } from '@hevd/core'
import { type backupSources, drillRecords, type ValueOf } from '@hevd/facts'
import { rememberedSources } from '../../populations.ts'

type Source = ValueOf<typeof backupSources>

const passed = told(
  ({ id }: Source) => drillRecords.ofPlan(id),
  ({ outcome, endedAt }) => (outcome === 'passed' ? { at: endedAt } : null),
)

const over = toldBySubject(({ endedAt }: Source) =>
  endedAt === null ? [] : [{ from: endedAt, until: null, why: holds('source-ended') }],
)

/** A backup of every source is restored and compared within the time the policy gives, counted from the last one that passed. */
export const restoresDrilled = obligation('storage-encrypted/restores-drilled', {
  of: rememberedSources,
  parameters: { restoreEvery: duration },
  due: ({ firstSeenAt }, { restoreEvery }) =>
    within(restoreEvery, firstSeenAt).thenEvery(restoreEvery, 'from-completion'),
  dischargedBy: passed,
  exemptWhen: over,
  overdue: ({ on }) => fails('drill-overdue', { on }),
})
