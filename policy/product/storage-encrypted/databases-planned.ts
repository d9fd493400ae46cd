import { check, fails, merged, outside, some } from '@hevd/core'
import { backupPlans, hosts, type postgresServers, type ValueOf } from '@hevd/facts'
import { databaseServers } from '../../populations.ts'

/**
 * Every database server of production has a backup plan, on whichever host. Servers copied from one another are one to
 * PostgreSQL, so that the plan of a replica is its primary's too.
 */
export const databasesPlanned = check('storage-encrypted/databases-planned', {
  of: databaseServers,
  reads: ({ id, host, system }: ValueOf<typeof postgresServers>) => ({
    host: hosts.byKey(host),
    plans: [backupPlans.ofServer(id), ...(system === undefined ? [] : [backupPlans.ofSystem(system)])],
  }),
  judge: (_server, { host, plans }) => {
    const [declared] = host.facts
    if (declared !== undefined && declared.value.role !== 'production') return outside
    return some(
      merged([plans]),
      () => true,
      () => fails('database-not-planned'),
    )
  },
})
