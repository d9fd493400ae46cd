import { hash } from 'node:crypto'
import { canonicalJson, type FactType } from '@hevd/core'

/** SHA-256, hex, of a type's look-up rules, by the type's name. */
export type RuleDigests = { readonly [type: string]: string }

/** What is compared to learn whether stored facts are found as this server's vocabulary says. */
export function ruleDigests(vocabulary: ReadonlyMap<string, FactType>): RuleDigests {
  return Object.fromEntries(
    [...vocabulary].map(([name, { lookups }]) => {
      const sources = Object.entries(lookups).map(([by, { source }]) => [by, source])
      return [name, hash('sha256', canonicalJson(Object.fromEntries(sources)))]
    }),
  )
}
