import { control } from '@hevd/core'

export const dataProtected = control('data-protected')
