import { check, duration, integer } from '@hevd/core'
import { sensitiveFinds } from '@hevd/facts'
import { scannedDatabases } from '../../populations.ts'
import { freeOf } from '../../scanned.ts'

/** No database holds secrets or national identity numbers in plain text, as far as was looked, and that is far and lately. */
export const noPlainText = check('columns-encrypted/no-plain-text', {
  of: scannedDatabases,
  parameters: { scanEvery: duration, sampleLeavesOpen: integer },
  reads: ({ id }) => ({ finds: sensitiveFinds.ofPlace(id) }),
  judge: (place, { finds }, demands, moment) =>
    freeOf(['secret', 'national-id'], place, finds, demands, moment),
})
