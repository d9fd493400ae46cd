import { control } from '@hevd/core'
import { certificateValid } from './certificate-valid.ts'
import { httpsOnly } from './https-only.ts'
import { reasons } from './reasons.ts'
import { versionsAndCiphers } from './versions-and-ciphers.ts'

export const encryptedInTransit = control('encrypted-in-transit', {
  tests: [versionsAndCiphers, certificateValid, httpsOnly],
  reasons,
})
