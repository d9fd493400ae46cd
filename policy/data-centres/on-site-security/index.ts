import { control } from '@hevd/core'

export const onSiteSecurity = control('on-site-security')
