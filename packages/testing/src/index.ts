export { type Cluster, startCluster } from './cluster.ts'
export { drawnFrom, type Luck } from './disk-state.ts'
export { type DiskTrace, Killed, traceDisk } from './disk-trace.ts'
export { becomeOrdinaryUser, ordinaryUser } from './ordinary-user.ts'
export { addOrganisation } from './organisation.ts'
export {
  type DiskPostgres,
  type Machine,
  type PowerCutDisk,
  powerCutDisk,
  startPostgresOn,
} from './power-cut.ts'
export { smallHost } from './small-host.ts'
export { type TestClock, testClock } from './test-clock.ts'
export { type ThrowawayDatabase, throwawayDatabase } from './throwaway.ts'
