import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { type Cluster, type ClusterAddress, startCluster } from './cluster.ts'
import { announceCluster, testConfig } from './config.ts'

type Answer = { readonly cluster: ClusterAddress } | { readonly failed: string }

/**
 * Offers one cluster to all test workers, and starts it when the first of them asks: a run that needs no database
 * waits for none. Returns what ends it.
 */
export async function offerCluster(): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), 'hevd-offer-'))
  const socket = join(directory, 'cluster')
  let started: Promise<Cluster> | undefined
  const server = createServer(async (connection) => {
    connection.on('error', () => {})
    started ??= startCluster()
    const answer: Answer = await started.then(
      ({ stop: _, backupUrl: __, ...cluster }) => ({ cluster }),
      (error: unknown) => ({ failed: String(error) }),
    )
    connection.end(JSON.stringify(answer))
  })
  server.listen(socket)
  await once(server, 'listening')
  announceCluster(socket)
  return async () => {
    server.close()
    const cluster = await started?.catch(() => undefined)
    await cluster?.stop()
    await rm(directory, { recursive: true, force: true })
  }
}

async function ask(socket: string): Promise<ClusterAddress> {
  const answer: Answer = JSON.parse(await text(connect(socket)))
  if ('failed' in answer) throw new Error(`The test database did not start: ${answer.failed}`)
  return answer.cluster
}

let known: Promise<ClusterAddress> | undefined

/** The run's cluster; outside a test run (a bench, a script) one of this process, which ends with it. */
export function sharedCluster(): Promise<ClusterAddress> {
  const { clusterSocket } = testConfig()
  known ??= clusterSocket === undefined ? startCluster() : ask(clusterSocket)
  return known
}
