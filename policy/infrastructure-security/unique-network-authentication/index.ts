import { control } from '@hevd/core'

export const uniqueNetworkAuthentication = control('unique-network-authentication')
