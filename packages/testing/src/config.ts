import type { ProgramSource } from '@hevd/postgres'

/** Set by the global set-up for the workers it starts: the socket at which the shared cluster is asked for. */
const CLUSTER_VARIABLE = 'HEVD_TEST_CLUSTER'

export type TestConfig = {
  /** HEVD_POSTGRES: which programs the test cluster runs. */
  readonly postgres: ProgramSource | undefined
  readonly path: string
  readonly clusterSocket: string | undefined
}

/** Throws where HEVD_POSTGRES is neither `system` nor `embedded`. */
export function testConfig(): TestConfig {
  const { HEVD_POSTGRES: postgres, PATH: path, [CLUSTER_VARIABLE]: clusterSocket } = process.env
  if (postgres !== undefined && postgres !== 'system' && postgres !== 'embedded') {
    throw new Error(`HEVD_POSTGRES is "system" or "embedded", not "${postgres}"`)
  }
  return { postgres, path: path ?? '', clusterSocket }
}

/** For processes started from now on, this one's workers among them. */
export function announceCluster(socket: string): void {
  process.env[CLUSTER_VARIABLE] = socket
}
