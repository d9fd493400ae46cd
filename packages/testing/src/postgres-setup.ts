import { offerCluster } from './shared-cluster.ts'

/** Vitest's global set-up (`test.globalSetup`): the returned function is called when all tests are done. */
export default offerCluster
