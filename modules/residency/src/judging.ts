import {
  controlOf,
  flatten,
  type Instant,
  judge,
  type Locale,
  Moment,
  named,
  type Readings,
  type Reason,
  telling,
  unknown,
  worded,
} from '@hevd/core'
import { factTitles } from '@hevd/facts/titles'
import type { ReasonView } from '@hevd/http'
import type { Tx } from '@hevd/postgres'
import { type ResidencyContext, zoneOf } from './context.ts'

/** What a test of the policy says of one subject now. */
export type Said = {
  readonly verdict: 'holds' | 'fails' | 'unknown'
  readonly why: Reason | null
  /** The earliest moment at which time alone could change it. */
  readonly horizon: Instant | null
}

/**
 * Judges subjects by a test of the policy itself, over facts as they are now: what the register shows, and what applications
 * are told, is never another rule than the one the control goes by. Null for a subject that the test does not speak of.
 */
export async function judgedBy(
  { catalogue, clock, feeds, parametersOf }: ResidencyContext,
  tx: Tx,
  organisation: string,
  id: string,
  subjects: readonly unknown[],
): Promise<readonly (Said | null)[]> {
  const test = catalogue.tests.get(id)
  if (test === undefined) throw new Error(`the catalogue has no test ${id}`)
  const values = await parametersOf(tx, organisation, controlOf(id))
  if (values === null) return subjects.map(() => ({ ...unknown('policy-not-adopted'), horizon: null }))
  const zone = await zoneOf(tx, organisation)
  const read: Readings[] = subjects.map(() => ({}))
  for (const stage of test.stages) {
    const wanted = subjects.map((subject, index) => stage.lookups(subject, read[index] ?? {}))
    const answers = await feeds.read(tx, organisation, wanted.flatMap(flatten))
    let from = 0
    for (const [index, lookups] of wanted.entries()) {
      const count = flatten(lookups).length
      read[index] = { ...read[index], ...named(lookups, answers.slice(from, from + count)) }
      from += count
    }
  }
  return subjects.map((subject, index) => {
    const moment = new Moment(clock.now(), zone)
    const judged = judge(test, subject, read[index] ?? {}, { values, before: null }, moment)
    return judged.verdict === 'outside'
      ? null
      : { verdict: judged.verdict, why: judged.why, horizon: moment.horizon }
  })
}

/** Words of reasons of one control, in both languages. */
export async function wordsOf(
  { catalogue, feeds }: Pick<ResidencyContext, 'catalogue' | 'feeds'>,
  tx: Tx,
  organisation: string,
  control: string,
  reasons: readonly (Reason | null)[],
): Promise<(reason: Reason) => ReasonView> {
  const sources = reasons.flatMap((reason) =>
    typeof reason?.params.feed === 'string' ? [reason.params.feed] : [],
  )
  const titles = { sources: await feeds.titles(tx, organisation, sources), factTypes: factTitles }
  const zone = await zoneOf(tx, organisation)
  const own = { ...catalogue.controls.get(control)?.reasons, ...ownReasons }
  const text = (reason: Reason, locale: Locale) => worded(own, reason, locale, telling(locale, zone, titles))
  return (reason) => ({
    code: reason.code,
    params: { ...reason.params },
    text: { nb: text(reason, 'nb'), en: text(reason, 'en') },
  })
}

const ownReasons = {
  'policy-not-adopted': {
    nb: () => 'Policyen er ikke tatt i bruk ennå, så ingen vet hva den tillater. Prøv igjen om litt.',
    en: () => 'The policy is not adopted yet, so nobody knows what it allows. Try again in a while.',
  },
}
