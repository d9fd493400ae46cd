import { control } from '@hevd/core'
import { keyOfOnePerson } from './key-of-one-person.ts'
import { oneOwner } from './one-owner.ts'
import { passwordSound } from './password-sound.ts'
import { reasons } from './reasons.ts'
import { roleHasOneOwner } from './role-has-one-owner.ts'
import { serviceOwned } from './service-owned.ts'
import { uniqueUserNumber } from './unique-user-number.ts'

export const uniqueAccounts = control('unique-accounts', {
  tests: [oneOwner, uniqueUserNumber, passwordSound, keyOfOnePerson, roleHasOneOwner, serviceOwned],
  reasons,
})
