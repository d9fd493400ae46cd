import { control } from '@hevd/core'

export const internalTransfersEncrypted = control('internal-transfers-encrypted')
