import {
  type Control,
  type Instant,
  notWhollyProven,
  type PolicyState,
  type Population,
  type Reason,
  type State,
  stateOf,
  sum,
  type Tally,
  type Test,
  unseen,
  whyNothingJudged,
  worst,
} from '@hevd/core'
import type { Tx } from '@hevd/postgres'
import type { Engine } from '../engine.ts'
import { holdStates, statesWritten, writeStates } from '../store/control-states.ts'
import { nextMoments, tallies } from '../store/counts.ts'
import { holdActivation } from '../store/judging.ts'
import { firstOfState } from './page.ts'
import { type Standing, shown, standingOf } from './standing.ts'

/** How one test stands. */
export type TestStanding = {
  readonly test: Test
  readonly state: State
  readonly counts: Tally
  /** Why its list of subjects is not whole; null when it is. */
  readonly listUnseen: Reason | null
}

/** How one control stands, with time and silence applied. */
export type ControlStanding = {
  readonly control: string
  readonly state: PolicyState
  readonly why: Reason | null
  readonly since: Instant
  readonly until: Instant | null
  readonly counts: Tally
  readonly tests: readonly TestStanding[]
}

/** Every control in policy order. */
export async function controlStandings(
  engine: Engine,
  tx: Tx,
  organisation: string,
  standing: Standing,
): Promise<ControlStanding[]> {
  const counts = await tallies(tx, organisation, engine.tests, standing)
  const moments = await nextMoments(tx, organisation, engine.tests, standing.now)
  const lists = await unseenLists(engine, tx, organisation)
  const written = await statesWritten(tx, organisation)
  const rolled = [...engine.catalogue.controls.values()].map((control) => {
    const tests = control.tests.map((test): TestStanding => {
      const tally = counts.get(test.id) ?? empty
      const listUnseen = lists.get(listName(test.population)) ?? null
      const state = stateOf(tally, { whole: listUnseen === null, noneIsFine: test.population.noneIsFine })
      return { test, state, counts: tally, listUnseen }
    })
    const until = tests.flatMap(({ test }) => moments.get(test.id) ?? [])
    return {
      control: control.id,
      state: standing.applies(control.id) ? stateOfControl(control, tests) : ('not-applicable' as const),
      until: until.length === 0 ? null : Math.min(...until),
      counts: sum(tests.map((test) => test.counts)),
      tests,
    }
  })
  const reasons = await whys(tx, organisation, rolled, standing)
  return rolled.map((one) => {
    const { why, since: changedAt } = reasons.get(one.control) ?? { why: null, since: null }
    const last = written.get(one.control)
    const outside = standing.inapplicable.get(one.control)
    const same = last?.state === one.state ? last.from_at : null
    if (outside !== undefined && one.state === 'not-applicable') {
      const { reason, reviewBy } = outside
      const because = { code: 'not-applicable', params: { reason, on: reviewBy } }
      return { ...one, why: because, since: same ?? outside.since, until: reviewBy }
    }
    const applies = last?.state !== 'not-applicable' ? 0 : (outside?.reviewBy ?? standing.now)
    const since = same ?? Math.max(changedAt ?? standing.now, last?.from_at ?? 0, applies)
    return { ...one, why, since }
  })
}

/** The worst of its tests; at best unknown while no test looks at a part of it. */
export function stateOfControl(
  { lacks }: Pick<Control, 'lacks'>,
  tests: readonly { readonly state: State }[],
): State {
  return worst<State>([
    ...tests.map(({ state }) => state),
    ...(lacks === undefined ? [] : ['unknown' as const]),
  ])
}

/** How a control would stand if findings of its tests were counted otherwise: `changed` is added to the counts. */
export function stateIf(
  control: Pick<Control, 'lacks'>,
  tests: readonly TestStanding[],
  changed: ReadonlyMap<string, Tally>,
): State {
  return stateOfControl(
    control,
    tests.map(({ test: { id, population }, counts, listUnseen }) => ({
      state: stateOf(sum([counts, changed.get(id) ?? empty]), {
        whole: listUnseen === null,
        noneIsFine: population.noneIsFine,
      }),
    })),
  )
}

const empty: Tally = { holds: 0, fails: 0, unknown: 0, excepted: 0 }
const listName = ({ type, by }: Population) => `${type}|${by}`

/** Why lists of subjects are not whole, by population: what was never looked at could not hold. */
async function unseenLists(
  engine: Engine,
  tx: Tx,
  organisation: string,
): Promise<ReadonlyMap<string, Reason>> {
  const populations = [...engine.populations.values()].flatMap(([first]) => first?.population ?? [])
  const readings = await engine.feeds.read(
    tx,
    organisation,
    populations.map(({ whole }) => whole),
  )
  return new Map(
    populations.flatMap((population, index) => {
      const [missing] = readings[index]?.unseen ?? []
      return missing === undefined ? [] : [[listName(population), unseen(missing).why]]
    }),
  )
}

type Why = { readonly why: Reason | null; readonly since: Instant | null }

/** The reason that stands for a control, and when what it says began: of its first finding in the same state. */
async function whys(
  tx: Tx,
  organisation: string,
  rolled: readonly Omit<ControlStanding, 'why' | 'since'>[],
  standing: Standing,
): Promise<ReadonlyMap<string, Why>> {
  const found = new Map<string, Why>()
  for (const state of ['fails', 'unknown', 'excepted'] as const) {
    const concerned = rolled.filter((one) => one.state === state)
    const tests = concerned.flatMap((one) => one.tests.filter((test) => test.state === state))
    const firsts = await firstOfState(
      tx,
      organisation,
      tests.map(({ test }) => test.id),
      state,
      standing,
    )
    for (const one of concerned) found.set(one.control, whyOf(one, firsts, state, standing))
  }
  return found
}

function whyOf(
  one: Omit<ControlStanding, 'why' | 'since'>,
  firsts: Awaited<ReturnType<typeof firstOfState>>,
  state: State,
  standing: Standing,
): Why {
  if (one.tests.length === 0) return { why: whyNothingJudged(0), since: null }
  const own = one.tests.filter((test) => test.state === state)
  if (own.length === 0) return { why: notWhollyProven, since: null }
  for (const { test } of own) {
    const row = firsts.get(test.id)
    if (row === undefined) continue
    const { why, since } = shown(row, standing)
    return { why, since }
  }
  const missing = own.find(({ listUnseen }) => listUnseen !== null)
  return { why: missing?.listUnseen ?? whyNothingJudged(one.tests.length), since: null }
}

/** Writes the states that have changed, as they are read now, so that history shows them; nobody else is told. */
export function refreshStates(engine: Engine, organisation: string): Promise<void> {
  return engine.db.transaction(organisation, async (tx) => {
    if (await holdActivation(tx, organisation, engine.digest)) await writeStatesNow(engine, tx, organisation)
  })
}

/** {@link refreshStates} in a transaction that no activation comes between. */
export async function writeStatesNow(engine: Engine, tx: Tx, organisation: string): Promise<void> {
  await holdStates(tx, organisation)
  const standing = await standingOf(engine, tx, organisation)
  const standings = await controlStandings(engine, tx, organisation, standing)
  const written = await statesWritten(tx, organisation)
  await writeStates(
    tx,
    organisation,
    standings
      .filter(({ control, state }) => written.get(control)?.state !== state)
      .map(({ control, state, since }) => ({ control, state, from: since })),
  )
}
