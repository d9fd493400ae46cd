import { grantReasons } from '../../granted.ts'
import { ownershipReasons } from '../../ownership.ts'
import { sudoReasons } from '../../sudo.ts'

export const reasons = { ...ownershipReasons, ...grantReasons, ...sudoReasons }
