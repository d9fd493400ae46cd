import { control } from '@hevd/core'
import { classified } from './classified.ts'
import { owned } from './owned.ts'
import { protectionsClaimed } from './protections-claimed.ts'
import { reasons } from './reasons.ts'
import { reviewed } from './reviewed.ts'

export const dataProtected = control('data-protected', {
  tests: [owned, classified, protectionsClaimed, reviewed],
  reasons,
})
