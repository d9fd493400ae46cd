import type { Coverage } from '@hevd/core'
import { addToDigest, digestText, takeFromDigest } from '@hevd/facts'
import type { CheckedFact } from './checked.ts'

/** What of a stored fact decides what a word does to it. */
export type Standing = {
  readonly id: string
  readonly type: string
  readonly key: string
  readonly scope: string
  readonly hash: Buffer
  readonly kept: boolean
}

/** What a feed says of the world in one word. */
export type Word = {
  readonly kind: 'full' | 'difference'
  readonly put: readonly CheckedFact[]
  readonly gone: readonly { readonly type: string; readonly key: string }[]
}

/** What a word changes. Everything not named stays as it is. */
export type Change = {
  /** Said for the first time, or with another value. */
  readonly put: readonly CheckedFact[]
  /** Ids of versions that another value replaces, and of those that are no longer so. */
  readonly changed: readonly string[]
  readonly gone: readonly string[]
  /** No longer said, by a word that had not looked at all of their scope: they stay, and are not in the digest. */
  readonly keep: readonly string[]
  /** Kept ones that are said again, unchanged. */
  readonly saidAgain: readonly string[]
  /** What the speaker's digest is now. */
  readonly digest: string
  /** By how much the number of facts that stand has grown. */
  readonly growth: number
}

const idOf = ({ type, key }: { readonly type: string; readonly key: string }) => `${type}|${key}`
const numberOf = (hash: Buffer) => BigInt(`0x${hash.toString('hex')}`)

/**
 * What a report does to what its feed says.
 *
 * - A `full` one says everything: what stands and is not in it is no longer said. A `difference` names that in `gone`.
 * - What is no longer said ends only where the word has looked at all of its scope; elsewhere it is kept. What was kept
 *   ends as soon as its scope is looked at whole and it is not said again.
 * - The digest is the speaker's: over what it says, without what is kept.
 *
 * @param standing every stored fact of the feed for a full report; for a difference those that the report names and
 *   those that are kept
 * @param coverage what the feed covers after this word
 */
export function changeOf(
  report: Word,
  standing: readonly Standing[],
  coverage: readonly Coverage[],
  host: string,
  digestBefore: string,
): Change {
  const isWhole = wholeness(coverage, host)
  const stored = new Map(standing.map((fact) => [idOf(fact), fact]))
  const said = new Set(report.put.map(idOf))
  const named = new Set(report.gone.map(idOf))
  let digest = report.kind === 'full' ? 0n : BigInt(`0x${digestBefore}`)
  const put: CheckedFact[] = []
  const changed: string[] = []
  const saidAgain: string[] = []
  for (const fact of report.put) {
    const before = stored.get(idOf(fact))
    if (before !== undefined && !before.kept && report.kind === 'difference')
      digest = takeFromDigest(digest, numberOf(before.hash))
    digest = addToDigest(digest, fact.digest)
    if (before === undefined) put.push(fact)
    else if (numberOf(before.hash) !== fact.digest) {
      put.push(fact)
      changed.push(before.id)
    } else if (before.kept) saidAgain.push(before.id)
  }
  const gone: string[] = []
  const keep: string[] = []
  for (const [id, fact] of stored) {
    if (said.has(id)) continue
    const ends = report.kind === 'full' || named.has(id)
    if (ends && !fact.kept && report.kind === 'difference')
      digest = takeFromDigest(digest, numberOf(fact.hash))
    if (!ends && !fact.kept) continue
    if (isWhole(fact)) gone.push(fact.id)
    else if (!fact.kept) keep.push(fact.id)
  }
  const growth = put.length - changed.length - gone.length
  return { put, changed, gone, keep, saidAgain, digest: digestText(digest), growth }
}

/**
 * Whether a feed has looked at everything of a type in a scope. A thing on the host that is not spoken of by itself (a
 * database server that was removed) is looked at when the host as a whole is.
 */
function wholeness(
  coverage: readonly Coverage[],
  host: string,
): (fact: Pick<Standing, 'type' | 'scope'>) => boolean {
  const states = new Map(coverage.map(({ type, scope, state }) => [`${type}|${scope}`, state]))
  return ({ type, scope }) => (states.get(`${type}|${scope}`) ?? states.get(`${type}|${host}`)) === 'complete'
}
