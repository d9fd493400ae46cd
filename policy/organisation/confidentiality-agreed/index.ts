import { control } from '@hevd/core'

export const confidentialityAgreed = control('confidentiality-agreed')
