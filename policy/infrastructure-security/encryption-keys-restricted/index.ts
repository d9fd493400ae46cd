import { control } from '@hevd/core'
import { grantApproved } from './grant-approved.ts'
import { holderThere } from './holder-there.ts'
import { keyFilesClosed } from './key-files-closed.ts'
import { keyRotated } from './key-rotated.ts'
import { reasons } from './reasons.ts'
import { rootKeyShared } from './root-key-shared.ts'
import { secondFactor } from './second-factor.ts'
import { storeReachTold } from './store-reach-told.ts'
import { storeRotated } from './store-rotated.ts'
import { storesListed } from './stores-listed.ts'

export const encryptionKeysRestricted = control('encryption-keys-restricted', {
  tests: [
    grantApproved,
    holderThere,
    secondFactor,
    keyRotated,
    rootKeyShared,
    storesListed,
    storeReachTold,
    storeRotated,
    keyFilesClosed,
  ],
  reasons,
})
