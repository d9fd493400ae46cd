import { control } from '@hevd/core'
import { backupsEncrypted } from './backups-encrypted.ts'
import { backupsKept } from './backups-kept.ts'
import { backupsMade } from './backups-made.ts'
import { databasesEncrypted } from './databases-encrypted.ts'
import { databasesPlanned } from './databases-planned.ts'
import { keptLongEnough } from './kept-long-enough.ts'
import { lastDrillPassed } from './last-drill-passed.ts'
import { logsEncrypted } from './logs-encrypted.ts'
import { plansKept } from './plans-kept.ts'
import { readersKnown } from './readers-known.ts'
import { reasons } from './reasons.ts'
import { restoresDrilled } from './restores-drilled.ts'
import { volumesEncrypted } from './volumes-encrypted.ts'

export const storageEncrypted = control('storage-encrypted', {
  tests: [
    volumesEncrypted,
    databasesEncrypted,
    databasesPlanned,
    plansKept,
    backupsMade,
    backupsEncrypted,
    logsEncrypted,
    backupsKept,
    keptLongEnough,
    restoresDrilled,
    lastDrillPassed,
    readersKnown,
  ],
  reasons,
})
