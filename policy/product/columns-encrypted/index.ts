import { control } from '@hevd/core'

export const columnsEncrypted = control('columns-encrypted')
