import { control } from '@hevd/core'

export const encryptionKeysRestricted = control('encryption-keys-restricted')
