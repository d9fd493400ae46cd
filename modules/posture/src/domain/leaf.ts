import type { Instant } from '@hevd/core'
import { Frontier, leafHash } from '@hevd/tlog'

/** What a finding's leaf in a batch's tree, or in a control's findings root, is made of. */
export type FindingLeaf = {
  readonly salt: string
  readonly test: string
  readonly subject: string
  /** A verdict, or how the finding ended. */
  readonly verdict: string
  readonly since: Instant
  /** Canonical JSON; null where there is no reason. */
  readonly why: string | null
}

/**
 * Leaf hash (RFC 6962) of a finding: one line each of form, salt, test, verdict, since and why, and the subject last,
 * the only one that may itself hold a line break. `store/finding-leaf.ts` makes the same in SQL.
 */
export function findingLeafHash({ salt, test, subject, verdict, since, why }: FindingLeaf): Uint8Array {
  return leafHash(Buffer.from([leafForm, salt, test, verdict, since, why ?? '', subject].join('\n')))
}

export const leafForm = 'hevd-finding/1'

/** Root, hex, of a tree over leaf hashes that stand one after the other, 32 bytes each. */
export function rootOf(leafHashes: Uint8Array): string {
  const tree = new Frontier()
  tree.appendAll(leafHashes)
  return Buffer.from(tree.root()).toString('hex')
}
