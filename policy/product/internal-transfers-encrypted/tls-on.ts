import { check, fails, holds } from '@hevd/core'
import { databaseServers } from '../../populations.ts'

const loopback: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '::1'])

/** A PostgreSQL server that listens on a network speaks TLS. */
export const tlsOn = check('internal-transfers-encrypted/tls-on', {
  of: databaseServers,
  reads: () => ({}),
  judge: ({ ssl, listenAddresses }) => {
    const networks = listenAddresses.filter((address) => !loopback.has(address))
    return networks.length > 0 && !ssl ? fails('tls-off', { addresses: networks }) : holds()
  },
})
