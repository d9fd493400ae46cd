import { control } from '@hevd/core'
import { changersGranted } from './changers-granted.ts'
import { reasons } from './reasons.ts'

export const firewallAccessRestricted = control('firewall-access-restricted', {
  tests: [changersGranted],
  reasons,
})
