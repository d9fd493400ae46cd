import { randomUUID } from 'node:crypto'
import {
  controlOf,
  type Judged,
  judge,
  keepAll,
  lookupKey,
  type Moment,
  type Occurrence,
  type TimeZone,
  unknown,
} from '@hevd/core'
import type { Tx } from '@hevd/postgres'
import { type FeedSet, feedSet, scopesOf } from '../domain/feed-set.ts'
import { inputsOf } from '../domain/inputs.ts'
import { foresee } from '../domain/outlook.ts'
import type { Engine } from '../engine.ts'
import { type Edition, editionsInForce, inForce } from '../store/editions.ts'
import { findingsHeld } from '../store/findings.ts'
import { storedJudgements } from '../store/judgements.ts'
import { holdActivation } from '../store/judging.ts'
import { occurrencesOf } from '../store/occurrences.ts'
import { zoneOf } from '../store/organisation.ts'
import type { FindingRow } from '../store/rows.ts'
import { takeWaiting, type Which, wake } from '../store/wake.ts'
import { type Looked, look } from './look.ts'
import { Outcome } from './outcome.ts'
import { end, say } from './say.ts'

/** How a batch went: how many waited, how many of them were judged; `retired` when newer tests are activated. */
export type BatchResult = { readonly taken: number; readonly judged: number; readonly retired: boolean }

const retired: BatchResult = { taken: 0, judged: 0, retired: true }

/**
 * Judges those that have waited longest, in one transaction: what they said, their history, occurrences, look-ups and
 * one leaf in the internal log are written together, and their wake-ups are gone with them.
 */
export function judgeBatch(engine: Engine, organisation: string): Promise<BatchResult> {
  return engine.db.transaction(organisation, async (tx) => {
    if (!(await holdActivation(tx, organisation, engine.digest))) return retired
    const waiting = await takeWaiting(tx, organisation, engine.config.batch)
    if (waiting.length === 0) return { taken: 0, judged: 0, retired: false }
    const at = engine.clock.now()
    const outcome = new Outcome(organisation, randomUUID(), at)
    const zone = await zoneOf(tx, organisation)
    const editions = await editionsInForce(tx, organisation)
    const stored = byWhich(await storedJudgements(tx, organisation, waiting))
    const previous = byWhich(await findingsHeld(tx, organisation, waiting))

    const known = waiting.flatMap((which) => {
      const test = engine.catalogue.tests.get(which.test)
      return test === undefined || !editions.has(controlOf(which.test))
        ? []
        : [{ which, test, stored: stored.get(nameOf(which)) }]
    })
    const looked = await look(engine.feeds, tx, organisation, known)
    const ready = looked.filter(({ gone, early }) => !gone && !early)
    const rests = await restsOf(engine, tx, organisation, ready)
    const occurred = groupedByWhich(
      await occurrencesOf(tx, organisation, occurring(looked.filter(({ early }) => !early))),
    )
    const early: Which[] = []
    for (const one of looked) {
      const name = nameOf(one.which)
      const before = previous.get(name) ?? null
      const edition = editions.get(controlOf(one.which.test))
      if (one.gone || edition === undefined) {
        if (before !== null) outcome.ended(before, end(before, at, outcome.batch, 'gone'))
        if (one.stored !== undefined) outcome.forgotten(one.stored)
        withdrawOpen(outcome, one.which, occurred.get(name) ?? [])
      } else if (one.early) {
        outcome.stored(one.which, one.stored, storedWith(one))
        early.push(one.which)
      } else judgeOne(engine, outcome, one, edition, zone, rests.get(one), before, occurred.get(name) ?? [])
    }
    await outcome.write(tx, engine.ledger)
    await wake(tx, organisation, early, at)
    return { taken: waiting.length, judged: waiting.length - early.length, retired: false }
  })
}

function judgeOne(
  engine: Engine,
  outcome: Outcome,
  one: Looked,
  edition: Edition,
  zone: TimeZone,
  rests: FeedSet | undefined,
  before: FindingRow | null,
  occurred: readonly Occurrence[],
): void {
  const { which, test, stored } = one
  const { at, batch } = outcome
  const parameters = inForce(edition)
  const foresight = foresee((moment) => answer(engine, one, parameters, moment), at, zone, test.looksAgain)
  const set = rests ?? feedSet([], scopesOf(one.lookups))
  const lookups = one.lookups.map(lookupKey)
  const { now } = foresight
  if (now.verdict === 'outside') {
    outcome.judged(which, stored, lookups, set, foresight.again)
    if (before !== null) outcome.ended(before, end(before, at, batch, 'outside'))
    withdrawOpen(outcome, which, occurred)
    return
  }
  const inputs = inputsOf(one.inputs)
  const saying = say(which, before, now, foresight, at, {
    rests: set.id,
    edition: edition.number,
    inputs: inputs.digest,
    batch,
    salt: randomUUID(),
    damping: engine.damping,
  })
  outcome.judged(which, stored, lookups, set, saying.again)
  outcome.said(before, saying, inputs)
  outcome.named({ kind: test.population.kind, id: which.subject, name: one.name })
  const known = new Map(occurred.map((occurrence) => [occurrence.dueAt, occurrence]))
  const { kept, withdrawn } = keepAll(occurred, now.occurrences ?? [], at)
  for (const occurrence of kept) outcome.occurred(which, known.get(occurrence.dueAt), occurrence)
  for (const occurrence of withdrawn) outcome.withdrawn(which, occurrence)
}

/** What was not due yet of a subject that is no longer spoken of is due no more. */
function withdrawOpen(outcome: Outcome, which: Which, occurred: readonly Occurrence[]): void {
  for (const occurrence of occurred) if (occurrence.state === 'open') outcome.withdrawn(which, occurrence)
}

/** A judge that breaks has not looked: `unknown`, never green. */
export function answer(
  engine: Pick<Engine, 'logger'>,
  { which, test, subject, readings, broken }: Looked,
  parameters: ReturnType<typeof inForce>,
  moment: Moment,
): Judged {
  try {
    if (broken === null) return judge(test, subject, readings, parameters, moment)
    engine.logger.error({ err: broken, ...which }, 'a test could not say what to look up')
  } catch (error) {
    engine.logger.error({ err: error, ...which }, 'a judge broke')
  }
  return unknown('judge-broke', { test: which.test })
}

/** The feeds and scopes that each rests on, by one question for all. */
async function restsOf(
  engine: Engine,
  tx: Tx,
  organisation: string,
  ready: readonly Looked[],
): Promise<ReadonlyMap<Looked, FeedSet>> {
  const lookups = ready.flatMap((one) => one.lookups)
  const feeds = lookups.length === 0 ? [] : await engine.feeds.restsOn(tx, organisation, lookups)
  let next = 0
  return new Map(
    ready.map((one) => {
      next += one.lookups.length
      const own = feeds.slice(next - one.lookups.length, next).flat()
      return [one, feedSet(own, scopesOf(one.lookups))]
    }),
  )
}

/** What is stored before it is read: what was stored already, and what is looked up now. */
function storedWith({ stored, lookups }: Looked): { lookups: string[]; rests: FeedSet } {
  return {
    lookups: [...new Set([...(stored?.lookups ?? []), ...lookups.map(lookupKey)])],
    rests: feedSet(stored?.feeds ?? [], [...(stored?.scopes ?? []), ...scopesOf(lookups)]),
  }
}

function occurring(ready: readonly Looked[]): Which[] {
  return ready.flatMap(({ test, which }) => (test.kind === 'check' ? [] : [which]))
}

function nameOf({ test, subject }: Which): string {
  return `${test} ${subject}`
}

function byWhich<Row extends Which>(rows: readonly Row[]): Map<string, Row> {
  return new Map(rows.map((row) => [nameOf(row), row]))
}

function groupedByWhich<Row extends Which>(rows: readonly Row[]): ReadonlyMap<string, Row[]> {
  return Map.groupBy(rows, nameOf)
}
