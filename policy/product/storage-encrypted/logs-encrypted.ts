import { check, fails, holds } from '@hevd/core'
import { keptLogs } from '../../populations.ts'

/** No piece of a database's log that was looked at lies there in plain text. */
export const logsEncrypted = check('storage-encrypted/logs-encrypted', {
  of: keptLogs,
  reads: () => ({}),
  judge: ({ plain, plainCount }) =>
    plainCount > 0 ? fails('log-plain', { files: plain, count: plainCount }) : holds(),
})
