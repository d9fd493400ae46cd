import { control } from '@hevd/core'

export const securityTrained = control('security-trained')
