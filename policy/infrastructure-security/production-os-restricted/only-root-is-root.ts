import { check, fails, none } from '@hevd/core'
import { accounts } from '@hevd/facts'
import { productionHosts } from '../../populations.ts'

/** No account but root has user number 0, which is all the rights there are. */
export const onlyRootIsRoot = check('production-os-restricted/only-root-is-root', {
  of: productionHosts,
  reads: (host) => ({ accounts: accounts.ofHost(host.id) }),
  judge: (_host, readings) =>
    none(
      readings.accounts,
      (account) => account.uid === 0 && account.name !== 'root',
      (others) => fails('root-by-another-name', { accounts: others.map((account) => account.name) }),
    ),
})
