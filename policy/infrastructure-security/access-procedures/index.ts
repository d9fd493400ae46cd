import { control } from '@hevd/core'

export const accessProcedures = control('access-procedures')
