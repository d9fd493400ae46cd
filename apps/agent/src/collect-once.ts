import type { Coverage, Instant } from '@hevd/core'
import { type FactsInMemory, factsInMemory, type Said, vocabulary } from '@hevd/facts'
import { type Collector, runCollector } from './collector.ts'
import type { HostAccess } from './host/access.ts'
import { turnsFor } from './schedule.ts'

/** What one look at a host gave, without a server. */
export type CollectedOnce = {
  readonly at: Instant
  readonly facts: readonly Said[]
  readonly coverage: readonly Coverage[]
}

const atMost = 4

/** Runs each of these collectors once, a few at a time. Never throws for one that breaks: what it covers is `failed` then. */
export async function collectOnce(access: HostAccess, which: readonly Collector[]): Promise<CollectedOnce> {
  const at = access.now()
  const turns = turnsFor(atMost)
  const all = await Promise.all(
    which.map(async (collector) => {
      await turns.take()
      const run = await runCollector(collector, access)
      turns.give()
      return run
    }),
  )
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
