import { control } from '@hevd/core'
import { methodsAllowed } from './methods-allowed.ts'
import { reasons } from './reasons.ts'
import { traceable } from './traceable.ts'

export const uniqueNetworkAuthentication = control('unique-network-authentication', {
  tests: [methodsAllowed, traceable],
  reasons,
})
