import { asRead, covers, type Effective, type Exception, type Instant } from '@hevd/core'
import type { Tx } from '@hevd/postgres'
import type { Engine } from '../engine.ts'
import { type Inapplicable, inapplicable } from '../store/editions.ts'
import { type ExceptedFinding, exceptionsInForce } from '../store/exceptions.ts'
import { type SilentSet, silentSets } from '../store/feed-sets.ts'
import { type Judging, judgingOf } from '../store/judging.ts'
import { type FindingRow, findingOf } from '../store/rows.ts'

/** A failure that an exception covers now. */
export type Excepted = { readonly finding: FindingRow; readonly exception: Exception }

/** What readers lay over findings as they are stored: the time, what is silent, and what is accepted for a time. */
export type Standing = {
  readonly now: Instant
  readonly judging: Judging | undefined
  /** When judging itself was last heard of, if that is too long ago; then nothing that holds is believed. */
  readonly judgingSilentSince: Instant | null
  readonly silent: readonly SilentSet[]
  readonly excepted: readonly Excepted[]
  /** Controls that are said not to apply; past its review such a one applies, and is asked for again. */
  readonly inapplicable: ReadonlyMap<string, Inapplicable>
  /** Whether the policy speaks of a control now. */
  applies(control: string): boolean
  /** Since when the finding's first feed is silent; null when all are heard. */
  silentSince(finding: Pick<FindingRow, 'rests'>): Instant | null
}

export async function standingOf(engine: Engine, tx: Tx, organisation: string): Promise<Standing> {
  const now = engine.clock.now()
  const judging = await judgingOf(tx, organisation)
  const { silentSince } = await engine.feeds.silences(tx, organisation)
  const silent = await silentSets(tx, organisation, silentSince)
  const quiet = judging !== undefined && now - judging.alive_at >= engine.silentAfter
  const judgingSilentSince = quiet ? judging.alive_at : null
  const sinceOf = new Map(silent.map(({ id, since }) => [id, since]))
  const outside = await inapplicable(tx, organisation)
  const standing = {
    now,
    inapplicable: outside,
    applies: (control: string) => (outside.get(control)?.reviewBy ?? now) <= now,
    judging,
    judgingSilentSince,
    silent,
    silentSince: ({ rests }: Pick<FindingRow, 'rests'>) => {
      const own = sinceOf.get(rests) ?? null
      if (own === null || judgingSilentSince === null) return own ?? judgingSilentSince
      return Math.min(own, judgingSilentSince)
    },
  }
  const accepted = await exceptionsInForce(tx, organisation, now)
  return { ...standing, excepted: accepted.filter((one) => isCovered(one, standing)) }
}

function isCovered(
  { finding, exception, parameters_digest: parametersDigest }: ExceptedFinding,
  standing: Pick<Standing, 'now' | 'silentSince'>,
): boolean {
  const { verdict, why } = shown(finding, standing)
  if (verdict !== 'fails' || why === null) return false
  return covers(
    exception,
    { test: finding.test, subject: finding.subject, why, parametersDigest },
    standing.now,
  )
}

/** A stored finding as it is read now. */
export function shown(finding: FindingRow, standing: Pick<Standing, 'now' | 'silentSince'>): Effective {
  return asRead(findingOf(finding), standing.silentSince(finding), standing.now)
}
