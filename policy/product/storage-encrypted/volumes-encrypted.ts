import { check, duration, fails, none, strings, unknown } from '@hevd/core'
import { volumes } from '@hevd/facts'
import { productionHosts } from '../../populations.ts'
import { isOpen, providerWord } from '../../storage.ts'
import { carriesData, exemptMountPoints } from './exempt.ts'

/** Every volume of a production host that may carry data, swap too, is encrypted by the host or, as it says, by its provider. */
export const volumesEncrypted = check('storage-encrypted/volumes-encrypted', {
  of: productionHosts,
  parameters: { exemptMounts: strings, listsNoOlderThan: duration },
  reads: (host) => ({ volumes: volumes.ofHost(host.id) }),
  follow: (_host, { volumes: found }) => providerWord(found.facts.map(({ value }) => value)),
  judge: (_host, { volumes: found, ...word }, { exemptMounts, listsNoOlderThan }, moment) => {
    if (found.facts.length === 0 && found.unseen.length === 0) return unknown('volumes-missing')
    const exempt = exemptMountPoints(exemptMounts)
    return none(
      found,
      (volume) => carriesData(volume, exempt) && isOpen(volume, word, listsNoOlderThan, moment),
      (open) => fails('volumes-open', { volumes: open.map(({ mountPoint }) => mountPoint) }),
    )
  },
})
