import { control } from '@hevd/core'
import { diskEncrypted } from './disk-encrypted.ts'
import { firewallOn } from './firewall-on.ts'
import { listedIsManaged } from './listed-is-managed.ts'
import { managedDeviceSound } from './managed-device-sound.ts'
import { reasons } from './reasons.ts'
import { screenLocksInTime } from './screen-locks.ts'
import { workstationUpdated } from './updates-in-time.ts'
import { workstationHeard } from './workstation-heard.ts'

export const endpointsProtected = control('endpoints-protected', {
  tests: [
    diskEncrypted,
    screenLocksInTime,
    workstationUpdated,
    firewallOn,
    workstationHeard,
    managedDeviceSound,
    listedIsManaged,
  ],
  reasons,
})
