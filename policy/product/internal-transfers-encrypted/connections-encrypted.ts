import { check, fails, none } from '@hevd/core'
import { postgresConnections, postgresServers } from '@hevd/facts'
import { databaseServers } from '../../populations.ts'

/** Every connection from another machine that is open now is encrypted. */
export const connectionsEncrypted = check('internal-transfers-encrypted/connections-encrypted', {
  of: databaseServers,
  reads: (server) => ({ connections: postgresConnections.ofServer(postgresServers.key(server)) }),
  judge: (_server, { connections }) =>
    none(
      connections,
      ({ encrypted, count }) => !encrypted && count > 0,
      (plain) => fails('connection-plain', { roles: plain.map(({ role }) => role) }),
    ),
})
