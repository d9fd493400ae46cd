import { control } from '@hevd/core'

export const visitorsEscorted = control('visitors-escorted')
