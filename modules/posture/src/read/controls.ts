import type { Instant, PolicyState, Reason, Tally } from '@hevd/core'
import type { Tx } from '@hevd/postgres'
import { Frontier } from '@hevd/tlog'
import { type NotApplicable, type PolicyWords, type Values, wordsOf } from '../domain/text.ts'
import type { Engine } from '../engine.ts'
import { editionsInForce } from '../store/editions.ts'
import { leavesOfTest, revisions } from '../store/roots.ts'
import { standingOf } from './standing.ts'
import { controlStandings } from './states.ts'

/** How one control stands, with what a posture leaf says of it. */
export type ControlState = {
  readonly control: string
  readonly state: PolicyState
  readonly why: Reason | null
  readonly since: Instant
  readonly until: Instant | null
  readonly counts: Tally
  readonly attested: boolean
  readonly policyDigest: string
  readonly testsDigest: string
  /** RFC 6962 root, hex, over its findings as they are stored, by test and subject; salted leaves. */
  readonly findingsRoot: string
  /** What the digest is of. */
  readonly words: PolicyWords
  readonly parameters: Values
  /** Set exactly where the state is `not-applicable`. */
  readonly notApplicable: NotApplicable | null
}

/** Roots that were computed, with the revision of the findings they are over. */
export type Roots = Map<string, { readonly revision: string; readonly root: string }>

/** Every control in policy order. A root is computed only when a finding of the control has changed. */
export async function controlStates(
  engine: Engine,
  tx: Tx,
  organisation: string,
  roots: Roots,
): Promise<ControlState[]> {
  const standing = await standingOf(engine, tx, organisation)
  const editions = await editionsInForce(tx, organisation)
  const revised = await revisions(tx, organisation)
  const states: ControlState[] = []
  for (const found of await controlStandings(engine, tx, organisation, standing)) {
    const control = engine.catalogue.controls.get(found.control)
    const edition = editions.get(found.control)
    if (control === undefined) continue
    const tests = control.tests.map(({ id }) => id)
    const revision = tests.map((test) => `${test} ${revised.get(test) ?? 0}`).join()
    const name = `${organisation} ${control.id}`
    const known = roots.get(name)
    const root = known?.revision === revision ? known.root : await rootOver(tx, organisation, tests)
    roots.set(name, { revision, root })
    const { state, why, since, until, counts } = found
    states.push({
      control: control.id,
      state,
      why,
      since,
      until,
      counts,
      attested: control.attested,
      policyDigest: edition?.policy_digest ?? control.policyDigest,
      testsDigest: edition?.tests_digest ?? control.testsDigest,
      findingsRoot: root,
      words: wordsOf(edition?.words ?? control),
      parameters: edition?.parameters ?? {},
      notApplicable: state === 'not-applicable' ? (edition?.not_applicable ?? null) : null,
    })
  }
  return states
}

async function rootOver(tx: Tx, organisation: string, tests: readonly string[]): Promise<string> {
  const tree = new Frontier()
  for (const test of tests.toSorted())
    for await (const leaves of leavesOfTest(tx, organisation, test)) tree.appendAll(leaves)
  return Buffer.from(tree.root()).toString('hex')
}
