import { type Instant, lookupKey } from '@hevd/core'
import { type Erased, isTouchedBy, lookupsOf, namePattern, quotedIn, saysOf } from '@hevd/feeds'
import type { Tx } from '@hevd/postgres'
import type { Input } from '../domain/inputs.ts'
import type { Engine } from '../engine.ts'
import { forgetPseudonyms } from './pseudonyms.ts'
import { scrubReasons } from './reasons.ts'
import {
  beginErasure,
  dropInputs,
  forgetNames,
  holdJudging,
  inputsThatMayName,
  isWaitingSince,
  type Renamed,
  rename,
  setErased,
  setHanded,
} from './store.ts'

/** One erasure, by the id that the log has of it, and when the registers were changed for it last. */
export type Erasure = { readonly id: string; readonly since: Instant }

/**
 * Forgets a person in findings, history, inputs, occurrences and exceptions. `again` until all that the registers no longer
 * say has been judged: so nothing is written of them afterwards. Their rows keep a pseudonym while a period that speaks
 * of them is open. Idempotent.
 */
export async function eraseHistory(
  engine: Engine,
  tx: Tx,
  organisation: string,
  { id, since }: Erasure,
  erased: Erased,
): Promise<'done' | 'again'> {
  const now = engine.clock.now()
  const begun = await beginErasure(tx, organisation, id, since)
  if (begun.handed_at === null) {
    if (await isTouchedBy(tx, organisation, since)) return 'again'
    await setHanded(tx, organisation, id, now)
  }
  await holdJudging(tx, organisation)
  if (await isWaitingSince(tx, organisation, begun.handed_at ?? now)) return 'again'
  const says = saysOf(erased)
  const naming = (await inputsThatMayName(tx, organisation, namePattern(erased), quotedIn(erased)))
    .filter(({ content }) => content.some((input) => speaksOf(input, erased, says)))
    .map(({ digest }) => digest)
  await scrubReasons(tx, organisation, naming, erased)
  await dropInputs(tx, organisation, naming)
  for (const renamed of subjectsOf(engine, erased, begun.pseudonym)) await rename(tx, organisation, renamed)
  await forgetNames(tx, organisation, erased, namePattern(erased))
  await setErased(tx, organisation, id, begun.pseudonym, now)
  await forgetPseudonyms(tx, organisation)
  return 'done'
}

/** Whether a look-up asked for them, though it gave nothing, or gave a fact that names them. */
function speaksOf({ lookup, facts }: Input, erased: Erased, says: ReturnType<typeof saysOf>): boolean {
  if (lookupsOf(erased).has(lookupKey(lookup)) || erased.accounts.includes(lookup.value)) return true
  return facts.some(({ value }) => says(lookup.type, value))
}

/**
 * Under which tests the person, and each account, is the subject: those of their kinds, and those that today's catalogue no
 * longer has.
 */
function subjectsOf(
  { catalogue, tests }: Engine,
  { person, accounts }: Erased,
  pseudonym: string,
): Renamed[] {
  const ofKinds = (...kinds: string[]) =>
    [...catalogue.tests.values()]
      .filter(({ population }) => kinds.includes(population.kind))
      .map(({ id }) => id)
  const own: Renamed[] =
    person === null
      ? []
      : [{ kinds: ['person'], from: person, to: pseudonym, tests: ofKinds('person'), known: tests }]
  const others = accounts.map((account, index): Renamed => {
    const kinds = ['account', 'postgres-role']
    return { kinds, from: account, to: `${pseudonym}/${index + 1}`, tests: ofKinds(...kinds), known: tests }
  })
  return [...own, ...others]
}
