import { control } from '@hevd/core'
import { connectionsEncrypted } from './connections-encrypted.ts'
import { reasons } from './reasons.ts'
import { rulesDemandTls } from './rules-demand-tls.ts'
import { servicesEncrypted } from './services-encrypted.ts'
import { tlsOn } from './tls-on.ts'

export const internalTransfersEncrypted = control('internal-transfers-encrypted', {
  tests: [tlsOn, rulesDemandTls, connectionsEncrypted, servicesEncrypted],
  reasons,
})
