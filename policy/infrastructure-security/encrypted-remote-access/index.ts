import { control } from '@hevd/core'
import { approvedPaths } from './approved-paths.ts'
import { noClearText } from './no-clear-text.ts'
import { reasons } from './reasons.ts'
import { strongAlgorithms } from './strong-algorithms.ts'

export const encryptedRemoteAccess = control('encrypted-remote-access', {
  tests: [noClearText, strongAlgorithms, approvedPaths],
  reasons,
})
