import { control } from '@hevd/core'
import { reasons } from './reasons.ts'
import { rebootInTime } from './reboot-in-time.ts'
import { updatesInTime } from './updates-in-time.ts'

export const patched = control('patched', { tests: [updatesInTime, rebootInTime], reasons })
