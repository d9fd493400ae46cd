import { control } from '@hevd/core'
import { onlyRootIsRoot } from './only-root-is-root.ts'
import { privilegeOwned } from './privilege-owned.ts'
import { reasons } from './reasons.ts'
import { rootLogin } from './root-login.ts'

export const productionOsRestricted = control('production-os-restricted', {
  tests: [privilegeOwned, onlyRootIsRoot, rootLogin],
  reasons,
})
