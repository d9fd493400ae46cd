import type { FactType } from '@hevd/core'
import * as account from './account.ts'
import * as host from './host.ts'
import * as network from './network.ts'
import * as people from './people.ts'
import * as policy from './policy.ts'
import * as postgres from './postgres.ts'

export * from './account.ts'
export * from './digest.ts'
export { type DeclaredFacts, facts, type ValueOf } from './fact-type.ts'
export * from './host.ts'
export { type FactsInMemory, factsInMemory, feedInMemory, type Said } from './in-memory.ts'
export * from './network.ts'
export * from './people.ts'
export * from './policy.ts'
export * from './postgres.ts'

/** Every type of fact by its name: the vocabulary that feeds speak. */
export const vocabulary: ReadonlyMap<string, FactType> = new Map(
  [account, host, network, people, policy, postgres]
    .flatMap((module): FactType[] => Object.values(module))
    .map((type) => [type.name, type]),
)
