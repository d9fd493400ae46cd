import { check, fails, none, type Truth, unknown } from '@hevd/core'
import { type ValueOf, volumes } from '@hevd/facts'
import { workstations } from '../../populations.ts'

const startsTheMachine = new Set(['/boot', '/boot/efi', '/efi'])
const images = new Set(['tmpfs', 'squashfs', 'iso9660'])

/** Every volume of a workstation is encrypted, swap too; what starts the machine, and images, carry nobody's data. */
export const diskEncrypted = check('endpoints-protected/disk-encrypted', {
  of: workstations,
  reads: (host) => ({ volumes: volumes.ofHost(host.id) }),
  judge: (_host, { volumes: found }) => {
    if (found.facts.length === 0 && found.unseen.length === 0) return unknown('volumes-missing')
    return none(found, isOpen, (open) =>
      fails('volumes-open', { volumes: open.map(({ mountPoint }) => mountPoint) }),
    )
  },
})

function isOpen({ encryption, fileSystem, mountPoint }: ValueOf<typeof volumes>): Truth {
  if (images.has(fileSystem) || startsTheMachine.has(mountPoint)) return false
  return encryption === 'beneath' ? unknown('disk-is-virtual', { volume: mountPoint }) : encryption === 'none'
}
