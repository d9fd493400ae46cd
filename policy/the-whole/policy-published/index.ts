import { control } from '@hevd/core'
import { publishedAsApproved } from './published-as-approved.ts'
import { reasons } from './reasons.ts'
import { reviewed } from './reviewed.ts'

export const policyPublished = control('policy-published', {
  tests: [publishedAsApproved, reviewed],
  reasons,
})
