import { check, fails, holds } from '@hevd/core'
import { toldBackups } from '../../populations.ts'

/** Every backup is encrypted. While nothing tells of backups it is not known, and the control with it. */
export const backupsEncrypted = check('storage-encrypted/backups-encrypted', {
  of: toldBackups,
  reads: () => ({}),
  judge: ({ encrypted }) => (encrypted ? holds() : fails('backup-open')),
})
