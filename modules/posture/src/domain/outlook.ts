import {
  canonicalJson,
  type Instant,
  type Judged,
  type Judgement,
  Moment,
  type TimeZone,
  unknown,
} from '@hevd/core'

/** What a judge says now, and what it will say when time alone changes its answer. */
export type Foresight = {
  readonly now: Judged
  /** When it will say something else; null when time alone changes nothing. */
  readonly until: Instant | null
  /** What it will say then; null exactly when `until` is. */
  readonly next: Judgement | null
  /** When it must be asked again, because then there is more to learn than `next` tells; null for never. */
  readonly again: Instant | null
}

/** How many moments that change nothing are looked past before the judge is left to be asked again. */
const farthest = 16

/**
 * Asks a judge now, and then at the moments it named, until its answer differs (ADR 0003). What is outside has no
 * finding that could say something later: it is asked again.
 *
 * @param looksAgain a failure to come is not told beforehand (`Test.looksAgain`): unknown, and asked again
 */
export function foresee(
  judgeAt: (moment: Moment) => Judged,
  at: Instant,
  zone: TimeZone,
  looksAgain = false,
): Foresight {
  const present = new Moment(at, zone)
  const now = judgeAt(present)
  let { horizon } = present
  if (now.verdict === 'outside') return { now, until: null, next: null, again: horizon }
  for (let step = 0; horizon !== null; step += 1) {
    const then = new Moment(horizon, zone)
    const later = judgeAt(then)
    if (later.verdict === 'outside') return { now, until: null, next: null, again: horizon }
    const { verdict, why } = later
    const other = said(later) !== said(now)
    const recorded = canonicalJson(later.occurrences ?? []) !== canonicalJson(now.occurrences ?? [])
    if (other || recorded || step === farthest) {
      const untold = looksAgain && verdict === 'fails' && now.verdict !== 'fails'
      const next = untold ? unknown('not-looked-since') : ({ verdict, why } as Judgement)
      const more = recorded || then.horizon !== null || !other || untold
      return { now, until: horizon, next, again: more ? horizon : null }
    }
    horizon = then.horizon
  }
  return { now, until: null, next: null, again: null }
}

function said({ verdict, why }: Judgement): string {
  return `${verdict} ${canonicalJson(why)}`
}
