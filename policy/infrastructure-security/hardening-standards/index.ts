import { control } from '@hevd/core'

export const hardeningStandards = control('hardening-standards')
