import type { FactType } from '@hevd/core'
import * as access from './access.ts'
import * as account from './account.ts'
import * as backups from './backups.ts'
import * as data from './data.ts'
import * as dataScan from './data-scan.ts'
import * as host from './host.ts'
import * as inventory from './inventory.ts'
import * as keys from './keys.ts'
import * as network from './network.ts'
import * as people from './people.ts'
import * as policy from './policy.ts'
import * as postgres from './postgres.ts'
import * as privilege from './privilege.ts'
import * as residency from './residency.ts'

export * from './access.ts'
export * from './account.ts'
export * from './backups.ts'
export * from './data.ts'
export * from './data-scan.ts'
export * from './digest.ts'
export { type DeclaredFacts, facts, type ValueOf } from './fact-type.ts'
export * from './host.ts'
export { hostNamesAlike } from './host-names.ts'
export { type FactsInMemory, factsInMemory, feedInMemory, type Said } from './in-memory.ts'
export { importedLists, listedHosts, managedDevices, providerVolumes } from './inventory.ts'
export * from './keys.ts'
export * from './network.ts'
export * from './people.ts'
export * from './policy.ts'
export * from './postgres.ts'
export * from './privilege.ts'
export * from './regions/index.ts'
export * from './residency.ts'
export { type GapWhy, gapInWords, type SensitiveKind, sensitiveKinds } from './sensitive.ts'

/** Every type of fact by its name: the vocabulary that feeds speak. */
export const vocabulary: ReadonlyMap<string, FactType> = new Map(
  [
    access,
    account,
    backups,
    data,
    dataScan,
    host,
    inventory,
    keys,
    network,
    people,
    policy,
    postgres,
    privilege,
    residency,
  ]
    .flatMap((module): FactType[] => Object.values(module))
    .map((type) => [type.name, type]),
)
