import type { Instant } from '@hevd/core'
import { digestText } from '@hevd/facts'
import { type Tx, uuidv7 } from '@hevd/postgres'
import type { CheckedFact } from './domain/checked.ts'
import type { Change } from './domain/word.ts'
import { closeVersions, type NewFact, putFacts, setKept } from './store/fact.ts'

/** Writes a change of a feed's facts in a handful of statements; the look-up keys it touches. */
export async function applyChange(
  tx: Tx,
  organisation: string,
  feed: string,
  change: Change,
  when: { readonly observedAt: Instant; readonly recordedAt: Instant },
): Promise<string[]> {
  const touched = await closeVersions(tx, organisation, change, when.recordedAt)
  const facts = change.put.map((fact) => versionOf(fact, when.recordedAt))
  await putFacts(tx, organisation, feed, facts, when)
  await setKept(tx, organisation, change.keep, true)
  await setKept(tx, organisation, change.saidAgain, false)
  return [...touched, ...facts.flatMap((fact) => fact.lookupKeys)]
}

function versionOf({ type, key, scope, value, digest, lookupKeys }: CheckedFact, now: Instant): NewFact {
  return {
    type,
    key,
    scope,
    value,
    lookupKeys,
    id: uuidv7(now),
    hash: Buffer.from(digestText(digest), 'hex'),
  }
}
