import { check, duration, fails, holds, unknown } from '@hevd/core'
import { keptBackups } from '../../populations.ts'

/**
 * Every file of every backup is an age file to as many recipients as the backup says, and as it was written. That a header
 * says so is what can be seen without an identity; that it opens is for the drills to show.
 */
export const backupsEncrypted = check('storage-encrypted/backups-encrypted', {
  of: keptBackups,
  parameters: { filesLookedAtEvery: duration },
  reads: () => ({}),
  judge: ({ faults, faultCount, files, headersAt, readAt }, _readings, { filesLookedAtEvery }, moment) => {
    const plain = faults.flatMap(({ file, fault }) => (fault === 'plain' ? [file] : []))
    if (plain.length > 0) return fails('backup-plain', { files: plain })
    if (faultCount > 0)
      return fails('backup-damaged', {
        files: faults.map(({ file }) => file),
        faults: faults.map(({ fault }) => fault),
        count: faultCount,
      })
    if (headersAt === null) return unknown('backup-not-looked-at')
    if (moment.elapsed(headersAt, filesLookedAtEvery))
      return unknown('backup-looked-at-long-ago', { at: headersAt })
    return readAt === null ? holds('backup-headers', { files }) : holds('backup-read', { files, at: readAt })
  },
})
