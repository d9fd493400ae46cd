import { control } from '@hevd/core'

export const codeOfConduct = control('code-of-conduct')
