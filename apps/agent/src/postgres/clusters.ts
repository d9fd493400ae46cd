import { failedBy, type Gap, needsRight, rootRight } from '../collector.ts'
import type { HostAccess } from '../host/access.ts'

/** A server of this host, with the folder that holds its data. */
export type Cluster = { readonly server: string; readonly dataDirectory: string }

const topic = 'postgres-cluster'

/**
 * Clusters that were asked before and now neither listen nor share their data with one that does (it was given another
 * port), each with why its state is not seen. One whose data are gone was removed, and is not among them.
 */
export async function downClusters(
  access: HostAccess,
  listening: ReadonlySet<string>,
  asked: readonly Cluster[],
): Promise<readonly { readonly server: string; readonly gap: NonNullable<Gap> }[]> {
  const inUse = new Set(asked.map(({ dataDirectory }) => dataDirectory))
  const before = access.known(topic).map(parsed)
  const silent = before.filter(
    ({ server, dataDirectory }) => !listening.has(server) && !inUse.has(dataDirectory),
  )
  const gaps = await Promise.all(silent.map((cluster) => gapOf(access, cluster)))
  const down = silent.flatMap((cluster, at) => {
    const gap = gaps[at] ?? null
    return gap === null ? [] : [{ cluster, gap }]
  })
  const known = new Set(asked.map(({ server }) => server))
  const unanswered = before.filter(({ server }) => listening.has(server) && !known.has(server))
  const still = [...asked, ...unanswered, ...down.map(({ cluster }) => cluster)]
  access.firstSeen(topic, [...new Set(still.map((cluster) => JSON.stringify(cluster)))])
  return down.map(({ cluster: { server }, gap }) => ({ server, gap }))
}

/** `PG_VERSION` is in every cluster, and goes with it. */
async function gapOf({ files }: HostAccess, { dataDirectory }: Cluster): Promise<Gap> {
  const { kind } = await files.status(`${dataDirectory}/PG_VERSION`)
  if (kind === 'absent') return null
  return kind === 'refused'
    ? needsRight(`${rootRight} (${dataDirectory})`)
    : failedBy(`it is not running, but ${dataDirectory} is there`)
}

function parsed(key: string): Cluster {
  return JSON.parse(key)
}
