import { check, fails, holds } from '@hevd/core'
import { databaseServers } from '../../populations.ts'
import { networkAddresses } from './listening.ts'

/** As `ssl_min_protocol_version` writes them; empty is any. */
const tooOld: ReadonlySet<string> = new Set(['', 'TLSv1', 'TLSv1.1'])

/** A PostgreSQL server that listens on a network speaks TLS, and no version of it that is broken. */
export const tlsOn = check('internal-transfers-encrypted/tls-on', {
  of: databaseServers,
  reads: () => ({}),
  judge: (server) => {
    const networks = networkAddresses(server)
    if (networks.length === 0) return holds()
    if (!server.ssl) return fails('tls-off', { addresses: networks })
    return tooOld.has(server.sslMinimumVersion) ? fails('tls-too-old') : holds()
  },
})
