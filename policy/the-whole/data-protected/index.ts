import { control } from '@hevd/core'
import { classFitsFound } from './class-fits-found.ts'
import { classified } from './classified.ts'
import { foundRegistered } from './found-registered.ts'
import { owned } from './owned.ts'
import { protectionsClaimed } from './protections-claimed.ts'
import { reasons } from './reasons.ts'
import { reviewed } from './reviewed.ts'

export const dataProtected = control('data-protected', {
  tests: [owned, classified, protectionsClaimed, reviewed, foundRegistered, classFitsFound],
  reasons,
})
