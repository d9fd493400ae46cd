import { check, holds, unknown } from '@hevd/core'
import { scannedPlaces } from '@hevd/facts'
import { databaseServers } from '../../populations.ts'

/** Of every known database server a scan knows the databases; what each holds is for `no-plain-text`. */
export const serversScanned = check('columns-encrypted/servers-scanned', {
  of: databaseServers,
  reads: ({ id }) => ({ databases: scannedPlaces.ofServer(id) }),
  judge: (_server, { databases }) => {
    if (databases.facts.some(({ value }) => value.scannedAt !== null)) return holds()
    return unknown('server-not-scanned')
  },
})
