import { type Control, type Instant, type PolicyState, type Reason, worst } from '@hevd/core'
import type { Tx } from '@hevd/postgres'
import { isStale } from '../clock-rule.ts'
import type { ControlDetail, ControlSummary, PolicyView } from '../contract.ts'
import type { Engine } from '../engine.ts'
import { PostureError } from '../errors.ts'
import { lookAgain, nextStep } from '../reasons.ts'
import { stateHistory } from '../store/control-states.ts'
import { type Edition, editionsInForce } from '../store/editions.ts'
import type { Judging } from '../store/judging.ts'
import { type Standing, standingOf } from './standing.ts'
import { type ControlStanding, controlStandings, type TestStanding } from './states.ts'
import { type Words, wordsFor } from './words.ts'

const yearOfHistory = 366 * 24 * 3_600_000

/** The whole policy in its order. */
export async function policyView(engine: Engine, tx: Tx, organisation: string): Promise<PolicyView> {
  const standing = await standingOf(engine, tx, organisation)
  const all = await controlStandings(engine, tx, organisation, standing)
  const halted = haltedBecause(standing, engine.silentAfter)
  const words = await wordsFor(engine, tx, organisation, [halted, ...all.map(({ why }) => why)])
  const editions = await editionsInForce(tx, organisation)
  const byId = new Map(all.map((one) => [one.control, one]))
  const counts = { holds: 0, fails: 0, unknown: 0, excepted: 0, 'not-applicable': 0 }
  for (const { state } of all) counts[state] += 1
  return {
    at: standing.now,
    counts,
    halted: words.orNull('', halted),
    sections: engine.catalogue.sections.map(({ id, title, controls }) => {
      const summaries = controls.flatMap((control) => {
        const found = byId.get(control.id)
        return found === undefined
          ? []
          : [summaryOf(control, editions.get(control.id), found, standing, words)]
      })
      return {
        id,
        title,
        state: worst<PolicyState>(summaries.map(({ state }) => state)),
        controls: summaries,
      }
    }),
  }
}

function haltedBecause({ judging, judgingSilentSince, now }: Standing, silentAfter: number): Reason | null {
  const clock = clockReason(judging, now, silentAfter)
  if (clock !== null || judgingSilentSince === null) return clock
  return { code: 'judging-stopped', params: { since: judgingSilentSince } }
}

function clockReason(judging: Judging | undefined, now: Instant, silentAfter: number) {
  if (judging === undefined || judging.halted_by === null || isStale(judging, now, silentAfter)) return null
  return { code: 'clock-disagrees', params: { seconds: Math.round(judging.halted_by / 1000) } }
}

function summaryOf(
  control: Control,
  edition: Edition | undefined,
  found: ControlStanding,
  standing: Standing,
  words: Words,
): ControlSummary {
  const { id, section, attested } = control
  const { title, statement, how } = edition?.words ?? control
  const outside = standing.inapplicable.get(id)
  const overdue = outside !== undefined && standing.applies(id)
  const { state, why, since, until, counts } = found
  return {
    id,
    section,
    title,
    statement,
    how,
    state,
    why: words.orNull(id, why),
    since,
    until,
    counts,
    next: overdue ? lookAgain : nextStep(state, why, control.next),
    notApplicable:
      outside === undefined ? null : { reason: outside.reason, reviewBy: outside.reviewBy, overdue },
    attested,
    proven: control.tests.length > 0,
  }
}

/** One control with its parameters, tests and the last year. Throws `no-such-control`. */
export async function controlDetail(
  engine: Engine,
  tx: Tx,
  organisation: string,
  id: string,
): Promise<ControlDetail> {
  const control = engine.catalogue.controls.get(id)
  if (control === undefined) throw new PostureError('no-such-control')
  const standing = await standingOf(engine, tx, organisation)
  const found = (await controlStandings(engine, tx, organisation, standing)).find((one) => one.control === id)
  if (found === undefined) throw new PostureError('no-such-control')
  const edition = (await editionsInForce(tx, organisation)).get(id)
  const since = standing.now - yearOfHistory
  const written = await stateHistory(tx, organisation, id, since)
  const past = written.map(({ from_at: from, until_at: until, state }) => ({ from, until, state }))
  return {
    ...summaryOf(control, edition, found, standing, await wordsFor(engine, tx, organisation, [found.why])),
    parameters: control.parameters.map((parameter) => ({
      name: parameter.name,
      type: parameter.type,
      value: inForceOr(edition, parameter.name, parameter.default),
      options: parameter.options && [...parameter.options],
      title: parameter.title,
      help: parameter.help,
    })),
    references: Object.fromEntries(
      Object.entries(control.references).map(([framework, names]) => [framework, [...names]]),
    ),
    policyDigest: edition?.policy_digest ?? control.policyDigest,
    testsDigest: control.testsDigest,
    approvedAt: edition?.approved_at ?? null,
    approvedBy: edition?.approved_by ?? null,
    singleApprover: edition?.single ?? false,
    tests: found.tests.map(testView),
    history: withPresent(past, found),
  }
}

function inForceOr(edition: Edition | undefined, name: string, shipped: unknown): unknown {
  return edition !== undefined && name in edition.parameters ? edition.parameters[name] : shipped
}

function testView({ test, state, counts }: TestStanding): ControlDetail['tests'][number] {
  const { title, source, reconciledWith, noneIsFine } = test.population
  const count = counts.holds + counts.fails + counts.unknown
  return {
    id: test.id,
    kind: test.kind,
    population: { title, source, reconciledWith, noneIsFine, count },
    state,
    counts,
  }
}

type Stretch = { from: number; until: number | null; state: PolicyState }

/** What is written, and the state as it is read now where the worker has not yet written it. */
function withPresent(past: readonly Stretch[], { state, since }: ControlStanding): Stretch[] {
  const last = past.at(-1)
  if (last?.state === state) return [...past]
  const before = past
    .filter(({ from }) => from < since)
    .map((stretch) => (stretch.until === null ? { ...stretch, until: since } : stretch))
  return [...before, { from: since, until: null, state }]
}
