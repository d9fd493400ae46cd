import type { FactType } from '@hevd/core'
import type { Tx } from '@hevd/postgres'
import { checkFact, isRefusal } from './domain/checked.ts'
import type { RuleDigests } from './domain/rules.ts'
import { FeedsError } from './errors.ts'
import { holdRules, lockRules, setRules } from './store/rules.ts'
import {
  addToIndex,
  changeLookups,
  holdFeeds,
  type IndexedFact,
  indexedFacts,
  indexedUpTo,
  type LookupRow,
  nextToIndex,
  pageOfType,
} from './store/to-index.ts'
import { addTouched } from './store/touched.ts'
import type { TakeContext } from './take.ts'

/** How many facts one transaction indexes. */
const pageSize = 1000

/**
 * Facts of these types are about to be written: holds the rules in force, and throws FeedsError `other-version` where
 * this server would let them be found otherwise. Called before anything else is locked.
 */
export async function writeByRules(
  tx: Tx,
  organisation: string,
  own: RuleDigests,
  facts: readonly { readonly type: string }[],
): Promise<void> {
  const inForce = await holdRules(tx, organisation)
  if (inForce !== undefined) refuseOthers(inForce, own, facts)
}

function refuseOthers(
  inForce: RuleDigests,
  own: RuleDigests,
  facts: readonly { readonly type: string }[],
): void {
  const other = facts.find(({ type }) => inForce[type] !== own[type])
  if (other !== undefined)
    throw new FeedsError('other-version', { nb: `(${other.type})`, en: `(${other.type})` })
}

/** Puts this server's rules in force; stored facts of types whose rules are others are to be indexed anew. */
export async function adoptRules(tx: Tx, organisation: string, own: RuleDigests): Promise<void> {
  const before = await lockRules(tx, organisation)
  const changed = Object.keys(own).filter((type) => before[type] !== own[type])
  const dropped = Object.keys(before).some((type) => own[type] === undefined)
  if (changed.length > 0) await addToIndex(tx, organisation, changed)
  if (changed.length > 0 || dropped) await setRules(tx, organisation, own)
}

/**
 * Indexes the next stored facts that are still found by rules no longer in force, in one transaction, and touches the
 * look-ups that came and went. What has been done stays done: who is killed, and who works beside another, goes on
 * where the last transaction ended.
 *
 * @returns whether there was anything left to do
 */
export function indexSome(context: TakeContext, organisation: string): Promise<boolean> {
  const { db, clock, rules, vocabulary } = context
  return db.transaction(organisation, async (tx) => {
    const inForce = await holdRules(tx, organisation)
    const next = await nextToIndex(tx, organisation)
    if (inForce === undefined || next === undefined) return false
    refuseOthers(inForce, rules, [next])
    const type = vocabulary.get(next.type)
    const { last, feeds } = await pageOfType(tx, organisation, next, pageSize)
    if (type === undefined || last === null) {
      await indexedUpTo(tx, organisation, next.type, null)
      return true
    }
    await holdFeeds(tx, organisation, feeds)
    const change = changeOfIndex(context, type, await indexedFacts(tx, organisation, feeds, next, last))
    await changeLookups(tx, organisation, change)
    const touched = [...change.put, ...change.gone].map(({ lookup_key }) => lookup_key)
    await addTouched(tx, organisation, touched, clock.now())
    await indexedUpTo(tx, organisation, next.type, last)
    return true
  })
}

/** The look-ups that facts get and lose. One that is no longer of its type stays as it was found, until it is said anew. */
function changeOfIndex(
  { config, vocabulary, logger }: TakeContext,
  type: FactType,
  facts: readonly IndexedFact[],
): { readonly put: LookupRow[]; readonly gone: LookupRow[] } {
  const put: LookupRow[] = []
  const gone: LookupRow[] = []
  const refused: { readonly key: string; readonly why: string }[] = []
  for (const { id, key, value, lookup_keys: before } of facts) {
    const checked = checkFact(type.name, value, config, vocabulary)
    if (isRefusal(checked)) {
      refused.push({ key, why: checked.words.en })
      continue
    }
    const wanted = new Set(checked.lookupKeys)
    const stands = new Set(before)
    for (const lookup_key of wanted.difference(stands)) put.push({ lookup_key, fact: id })
    for (const lookup_key of stands.difference(wanted)) gone.push({ lookup_key, fact: id })
  }
  if (refused.length > 0)
    logger.warn(
      { type: type.name, count: refused.length, first: refused[0] },
      'stored facts that are no longer of their type keep their look-ups until they are said anew',
    )
  return { put, gone }
}
