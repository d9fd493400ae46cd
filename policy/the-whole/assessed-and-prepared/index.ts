import { control } from '@hevd/core'

export const assessedAndPrepared = control('assessed-and-prepared')
