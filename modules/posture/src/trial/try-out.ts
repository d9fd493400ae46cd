import type { Instant, PolicyState, Tally } from '@hevd/core'
import type { ReasonView } from '@hevd/http'
import type { Tx } from '@hevd/postgres'
import { nextEdition, textOf } from '../amend.ts'
import type { PolicyText } from '../domain/text.ts'
import type { Engine } from '../engine.ts'
import { standingOf } from '../read/standing.ts'
import { type ControlStanding, controlStandings, stateIf } from '../read/states.ts'
import { wordsFor } from '../read/words.ts'
import { type Edition, editionsInForce, parametersDigest } from '../store/editions.ts'
import { exceptionsInForce } from '../store/exceptions.ts'
import { zoneOf } from '../store/organisation.ts'
import { type Flip, Flips, type TriedState } from './flips.ts'
import { judgeOtherwise } from './judge-otherwise.ts'

/** How long a dry run may take. */
export type Budget = { readonly milliseconds: number; readonly monotonic: () => number }

type Said = { readonly state: TriedState; readonly why: ReasonView | null }
export type TriedFlip = Pick<Flip, 'control' | 'test' | 'subject'> & {
  readonly before: Said
  readonly after: Said
}

/** What would stand if texts were in force. */
export type TryOut = {
  readonly at: Instant
  /** Subjects that were judged anew, once for each test. */
  readonly judged: number
  /** What there was no time for. */
  readonly left: number
  readonly controls: readonly {
    readonly control: string
    readonly before: PolicyState
    readonly after: PolicyState
    /** Subjects that would stand otherwise, by how. */
    readonly becoming: Readonly<Record<TriedState, number>>
  }[]
  /** Worst first. */
  readonly flips: readonly TriedFlip[]
}

/**
 * Judges by these texts what was judged by those in force, from what is known now, and writes nothing: what it says is what
 * stands once they are approved and all that waits is judged. Controls whose parameters stay are not judged anew. Reads
 * page after page and keeps no more than it shows. For a transaction that sees one moment of the database.
 */
export async function tryOut(
  engine: Engine,
  tx: Tx,
  organisation: string,
  texts: ReadonlyMap<string, PolicyText>,
  budget: Budget,
): Promise<TryOut> {
  const standing = await standingOf(engine, tx, organisation)
  const editions = await editionsInForce(tx, organisation)
  const standings = await controlStandings(engine, tx, organisation, standing)
  const exceptions = await exceptionsInForce(tx, organisation, standing.now)
  const ground = { engine, tx, organisation, standing, exceptions, zone: await zoneOf(tx, organisation) }
  const until = budget.monotonic() + budget.milliseconds
  const inTime = () => budget.monotonic() < until
  const flips = new Flips()
  const controls: TryOut['controls'][number][] = []
  let judged = 0
  let left = 0
  for (const found of standings) {
    const tried = triedEdition(engine, texts.get(found.control), editions.get(found.control), standing.now)
    if (tried === null) continue
    const changed = new Map<string, Tally>()
    for (const { test } of tried.judgedAnew ? found.tests : []) {
      const done = await judgeOtherwise(ground, test, tried.edition, flips, inTime)
      judged += done.judged
      left += done.left
      changed.set(test.id, done.changed)
    }
    const { control, state: before } = found
    const after = stateAfter(engine, found, tried.edition, changed, standing.now)
    controls.push({ control, before, after, becoming: flips.becoming(control) })
  }
  return { at: standing.now, judged, left, controls, flips: await worded(engine, tx, organisation, flips) }
}

type Tried = { readonly edition: Omit<Edition, 'parameters_digest'>; readonly judgedAnew: boolean }

function triedEdition(
  { catalogue }: Engine,
  text: PolicyText | undefined,
  edition: Edition | undefined,
  now: Instant,
): Tried | null {
  const control = catalogue.controls.get(edition?.control ?? '')
  if (text === undefined || edition === undefined || control === undefined) return null
  const tried = nextEdition(edition, { ...textOf(edition, control), ...text }, { by: '', single: false, now })
  return { edition: tried, judgedAnew: edition.parameters_digest !== parametersDigest(tried.parameters) }
}

function stateAfter(
  { catalogue }: Engine,
  { control: id, tests }: ControlStanding,
  { not_applicable }: Pick<Edition, 'not_applicable'>,
  changed: ReadonlyMap<string, Tally>,
  now: Instant,
): PolicyState {
  if (not_applicable !== null && not_applicable.reviewBy > now) return 'not-applicable'
  return stateIf(catalogue.controls.get(id) ?? {}, tests, changed)
}

async function worded(engine: Engine, tx: Tx, organisation: string, flips: Flips): Promise<TriedFlip[]> {
  const shown = flips.worst()
  const reasons = shown.flatMap(({ before, after }) => [before.why, after.why])
  const words = await wordsFor(engine, tx, organisation, reasons)
  return shown.map(({ control, test, subject, before, after }) => ({
    control,
    test,
    subject,
    before: { state: before.state, why: words.orNull(test, before.why) },
    after: { state: after.state, why: words.orNull(test, after.why) },
  }))
}
