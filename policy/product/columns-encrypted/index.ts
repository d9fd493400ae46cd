import { control } from '@hevd/core'
import { noPlainText } from './no-plain-text.ts'
import { reasons } from './reasons.ts'
import { serversScanned } from './servers-scanned.ts'

export const columnsEncrypted = control('columns-encrypted', {
  tests: [noPlainText, serversScanned],
  reasons,
})
