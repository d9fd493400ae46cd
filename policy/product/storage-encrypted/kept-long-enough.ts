import { check, duration, fails, holds, plus, unknown } from '@hevd/core'
import { plannedBackups } from '../../populations.ts'

/** The repository of every plan refuses to let go of a backup before it is as old as the policy says. */
export const keptLongEnough = check('storage-encrypted/kept-long-enough', {
  of: plannedBackups,
  parameters: { backupsKeptAtLeast: duration },
  reads: () => ({}),
  judge: ({ keepAtLeast, target }, _readings, { backupsKeptAtLeast }) => {
    if (keepAtLeast === null) return unknown('minimum-not-seen', { target })
    return plus(0, keepAtLeast, 'UTC') < plus(0, backupsKeptAtLeast, 'UTC')
      ? fails('minimum-too-short', { target })
      : holds()
  },
})
