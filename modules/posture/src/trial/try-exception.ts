import { controlOf, type PolicyState } from '@hevd/core'
import type { Answerable } from '@hevd/http'
import type { Tx } from '@hevd/postgres'
import type { ExceptionTrial } from '../contract.ts'
import type { Engine } from '../engine.ts'
import { PostureError } from '../errors.ts'
import { type Asked, exceptable } from '../exceptions.ts'
import { viewsOf } from '../read/findings.ts'
import { type Standing, standingOf } from '../read/standing.ts'
import { type ControlStanding, controlStandings, stateIf } from '../read/states.ts'
import { titlesInForce } from '../store/editions.ts'
import { findingsOfSubject } from '../store/findings.ts'

/**
 * What an exception would do if it were in force now: whether it would cover anything, and how the control would then
 * stand. Writes nothing. Throws `no-such-test` where there is no such test.
 */
export async function tryException(
  engine: Engine,
  tx: Tx,
  organisation: string,
  asked: Omit<Asked, 'reason'>,
): Promise<ExceptionTrial> {
  const { test, subject, until } = asked
  const control = controlOf(test)
  const standing = await standingOf(engine, tx, organisation)
  const standings = await controlStandings(engine, tx, organisation, standing)
  const found = standings.find((one) => one.control === control)
  if (found === undefined || !engine.catalogue.tests.has(test)) throw new PostureError('no-such-test')
  const refused = await refusal(engine, tx, organisation, asked, standing)
  const rows = await findingsOfSubject(tx, organisation, [test], subject)
  const [finding = null] = await viewsOf(engine, tx, organisation, rows, standing)
  const covered = finding?.state === 'excepted'
  const newly = refused === null && !covered ? 1 : 0
  const open = found.counts.fails - found.counts.excepted
  return {
    control,
    title: (await titlesInForce(tx, organisation)).get(control) ?? { nb: control, en: control },
    finding,
    covers: refused === null,
    because: refused?.words ?? null,
    before: found.state,
    after: newly === 0 ? found.state : stateAfter(engine, found, test),
    open: { before: open, after: open - newly },
    until,
  }
}

/** Why such an exception would not be granted; null where it would cover what fails. */
async function refusal(
  engine: Engine,
  tx: Tx,
  organisation: string,
  asked: Omit<Asked, 'reason'>,
  standing: Standing,
): Promise<Answerable | null> {
  try {
    await exceptable(engine, tx, organisation, asked, standing)
    return null
  } catch (error) {
    if (error instanceof PostureError) return error
    throw error
  }
}

function stateAfter(
  { catalogue }: Engine,
  { control: id, state, tests }: ControlStanding,
  test: string,
): PolicyState {
  const control = catalogue.controls.get(id)
  if (state === 'not-applicable' || control === undefined) return state
  return stateIf(control, tests, new Map([[test, { holds: 0, fails: 0, unknown: 0, excepted: 1 }]]))
}
