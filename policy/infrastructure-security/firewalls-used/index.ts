import { control } from '@hevd/core'
import { declaredServicesOnly } from './declared-services-only.ts'
import { defaultDeny } from './default-deny.ts'
import { reasons } from './reasons.ts'

export const firewallsUsed = control('firewalls-used', {
  tests: [defaultDeny, declaredServicesOnly],
  reasons,
})
