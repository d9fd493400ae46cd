import { control } from '@hevd/core'

export const firewallAccessRestricted = control('firewall-access-restricted')
