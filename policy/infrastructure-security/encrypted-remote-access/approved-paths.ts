import { check, every, fails, strings } from '@hevd/core'
import { remotePaths } from '@hevd/facts'
import { productionHosts } from '../../populations.ts'

/** Every VPN, tunnel and remote-desktop program on a production host is on the list of approved paths. */
export const approvedPaths = check('encrypted-remote-access/approved-paths', {
  of: productionHosts,
  parameters: { approvedTunnels: strings },
  reads: (host) => ({ paths: remotePaths.ofHost(host.id) }),
  judge: (_host, { paths }, { approvedTunnels }) =>
    every(
      paths,
      (path) => approvedTunnels.includes(path.name),
      (others) => fails('path-not-approved', { paths: others.map((path) => path.name) }),
    ),
})
