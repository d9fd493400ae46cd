import { control } from '@hevd/core'

export const encryptedRemoteAccess = control('encrypted-remote-access')
