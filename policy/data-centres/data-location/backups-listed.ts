import { check, fails, holds, unseen } from '@hevd/core'
import { dataStores } from '@hevd/facts'
import { plannedBackups } from '../../residency.ts'

/** Where backups are put is a data store of the register, under that very name; a folder of the host may be any store on it. */
export const backupsListed = check('data-location/backups-listed', {
  of: plannedBackups,
  reads: ({ host, target }) => ({
    named: dataStores.called(target.toLowerCase()),
    onHost: target.startsWith('/') ? [dataStores.onHost(host)] : [],
  }),
  judge: ({ target }, { named, onHost }) => {
    if (named.facts.length + onHost.facts.length > 0) return holds()
    const [missing] = named.unseen
    return missing === undefined ? fails('backups-not-listed', { target }) : unseen(missing)
  },
})
