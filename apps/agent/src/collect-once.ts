import type { Coverage, Instant } from '@hevd/core'
import { type FactsInMemory, factsInMemory, type Said, vocabulary } from '@hevd/facts'
import { type Collector, runCollector } from './collector.ts'
import { collectors } from './collectors/index.ts'
import type { HostAccess } from './host/access.ts'

/** What one look at a host gave, without a server. */
export type CollectedOnce = {
  readonly at: Instant
  readonly facts: readonly Said[]
  readonly coverage: readonly Coverage[]
}

/** Runs every collector once. Never throws for one that breaks: what it covers is `failed` then. */
export async function collectOnce(
  access: HostAccess,
  which: readonly Collector[] = collectors,
): Promise<CollectedOnce> {
  const at = access.now()
  const all = await Promise.all(which.map((collector) => runCollector(collector, access)))
  return {
    at,
    facts: all.flatMap(({ facts }) => facts),
    coverage: all.flatMap(({ coverage }) => coverage),
  }
}

/** What was collected, as a source of facts with the candidates of populations; for judging without a server. */
export function inMemory({ facts, coverage, at }: CollectedOnce): FactsInMemory {
  return factsInMemory(vocabulary, facts, coverage, at)
}
