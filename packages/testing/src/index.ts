export { type Cluster, startCluster } from './cluster.ts'
export { becomeOrdinaryUser, ordinaryUser } from './ordinary-user.ts'
export { addOrganisation } from './organisation.ts'
export {
  type DiskPostgres,
  type Machine,
  type PowerCutDisk,
  powerCutDisk,
  startPostgresOn,
} from './power-cut.ts'
export { type TestClock, testClock } from './test-clock.ts'
export { type ThrowawayDatabase, throwawayDatabase } from './throwaway.ts'
