import { control } from '@hevd/core'
import { reasons } from './reasons.ts'
import { reviewed } from './reviewed.ts'

export const accessProcedures = control('access-procedures', { tests: [reviewed], reasons })
