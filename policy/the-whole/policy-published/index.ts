import { control } from '@hevd/core'

export const policyPublished = control('policy-published')
