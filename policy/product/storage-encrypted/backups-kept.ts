import { check, duration, fails, holds, outside, unknown, unseen } from '@hevd/core'
import { backupPlans, backupSources, backups } from '@hevd/facts'
import { rememberedBackups } from '../../populations.ts'

/**
 * Every backup that was there once is there, and says of itself what it said, until it is as old as backups are to become.
 * Whether a source that was taken out of its host's settings is still kept, nobody looks at: `plans-kept` fails then.
 */
export const backupsKept = check('storage-encrypted/backups-kept', {
  of: rememberedBackups,
  parameters: { backupsKeptAtLeast: duration },
  reads: ({ id, plan }) => ({
    source: backupSources.byKey(plan),
    plan: backupPlans.ofPlan(plan),
    backup: backups.named(id),
  }),
  judge: (record, { source, plan, backup }, { backupsKeptAtLeast }, moment) => {
    if (source.facts.some(({ value }) => value.endedAt !== null)) return outside
    if (moment.elapsed(record.startedAt, backupsKeptAtLeast)) return outside
    const [found] = backup.facts
    if (found !== undefined && found.value.digest !== record.digest) return fails('backup-changed')
    const [missing] = [...backup.unseen, ...plan.unseen]
    if (missing !== undefined) return unseen(missing)
    if (found === undefined)
      return plan.facts.length === 0 ? unknown('backup-not-looked-for') : fails('backup-gone')
    return record.changeAcceptedAt === null
      ? holds()
      : holds('backup-change-accepted', { at: record.changeAcceptedAt })
  },
})
