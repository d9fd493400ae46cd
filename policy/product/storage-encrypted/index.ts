import { control } from '@hevd/core'
import { backupsEncrypted } from './backups-encrypted.ts'
import { databasesEncrypted } from './databases-encrypted.ts'
import { reasons } from './reasons.ts'
import { volumesEncrypted } from './volumes-encrypted.ts'

export const storageEncrypted = control('storage-encrypted', {
  tests: [volumesEncrypted, databasesEncrypted, backupsEncrypted],
  reasons,
})
