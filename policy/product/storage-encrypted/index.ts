import { control } from '@hevd/core'

export const storageEncrypted = control('storage-encrypted')
