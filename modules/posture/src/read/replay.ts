import {
  canonicalJson,
  controlOf,
  type Judged,
  lookupKey,
  Moment,
  type Reading,
  run,
  unknown,
} from '@hevd/core'
import { vocabulary } from '@hevd/facts'
import type { Tx } from '@hevd/postgres'
import type { ReplayView } from '../contract.ts'
import { ownValues } from '../domain/candidate.ts'
import { type Input, inputsOf } from '../domain/inputs.ts'
import type { Engine } from '../engine.ts'
import { inputsErased } from '../erasure/store.ts'
import { PostureError } from '../errors.ts'
import { type Edition, editionNumbered, inForce } from '../store/editions.ts'
import { findingsOfSubject, inputOf, versionAt } from '../store/findings.ts'
import { zoneOf } from '../store/organisation.ts'
import { judgementOf, type Version } from '../store/rows.ts'
import type { Which } from '../store/wake.ts'
import { lookupViews } from './evidence.ts'
import { wordsFor } from './words.ts'

/**
 * Judges a version of a finding once more, from its stored inputs, with the parameters of its edition, as of when it was
 * judged. Throws `no-such-version` where nothing was said of the subject at `at`, `not-replayable` where the inputs are
 * not kept, `inputs-erased` where they named somebody who was erased, and `inputs-altered` where they are not what the version's digest was made from.
 */
export async function replay(
  engine: Engine,
  tx: Tx,
  organisation: string,
  which: Which,
  at: number,
): Promise<ReplayView> {
  const version = await versionNow(tx, organisation, which, at)
  if (version === undefined) throw new PostureError('no-such-version')
  const control = controlOf(which.test)
  const edition = await editionNumbered(tx, organisation, control, version.edition)
  const inputs = await inputOf(tx, organisation, version.inputs)
  if (inputs === undefined && (await inputsErased(tx, organisation, version.inputs)))
    throw new PostureError('inputs-erased')
  if (edition === undefined || inputs === undefined) throw new PostureError('not-replayable')
  if (!inputsOf(inputs).digest.equals(version.inputs)) throw new PostureError('inputs-altered')
  const said = judgementOf(version.verdict, version.why)
  const judgedAt = Math.max(version.from_at, version.judged_at ?? 0)
  const moment = new Moment(judgedAt, await zoneOf(tx, organisation))
  const again = judgedAgain(engine, which, inputs, edition, moment)
  const why = again === null || again.verdict === 'outside' ? null : again.why
  const words = await wordsFor(engine, tx, organisation, [said.why, why])
  return {
    from: version.from_at,
    until: version.until_at,
    judgedAt,
    policyDigest: edition.policy_digest,
    testsDigest: edition.tests_digest,
    inputsDigest: version.inputs.toString('hex'),
    lookups: await lookupViews(engine, tx, organisation, which.test, inputs),
    said: { verdict: said.verdict, why: words.orNull(which.test, said.why) },
    again: again && { verdict: again.verdict, why: words.orNull(which.test, why) },
    same: again !== null && again.verdict === said.verdict && canonicalJson(why) === canonicalJson(said.why),
    otherTests: engine.catalogue.controls.get(control)?.testsDigest !== edition.tests_digest,
  }
}

/** The version that was in force at a moment, the present one included. */
async function versionNow(
  tx: Tx,
  organisation: string,
  which: Which,
  at: number,
): Promise<Version | undefined> {
  const [row] = await findingsOfSubject(tx, organisation, [which.test], which.subject)
  if (row !== undefined && row.said_at <= at) return { ...row, from_at: row.said_at, until_at: null }
  return versionAt(tx, organisation, which, at)
}

/** What today's test says of the stored inputs; null where it is no more, or asks for what was not read then. */
function judgedAgain(
  { catalogue }: Engine,
  { test: id, subject }: Which,
  [own, ...rest]: readonly Input[],
  edition: Edition,
  moment: Moment,
): Judged | null {
  const test = catalogue.tests.get(id)
  if (test === undefined || own === undefined) return null
  const answers = new Map(rest.map(({ lookup, ...reading }) => [lookupKey(lookup), reading]))
  const answered = (key: string): Reading => {
    const reading = answers.get(key)
    if (reading === undefined) throw new NotRead(key)
    return reading
  }
  try {
    const [first, ...others] = ownValues(own, vocabulary.get(test.population.type))
    if (first === undefined) return null
    const value = test.population.subject(subject, [first, ...others])
    const source = (lookups: readonly Parameters<typeof lookupKey>[0][]) =>
      lookups.map((lookup) => answered(lookupKey(lookup)))
    return run(test, value, own.lookup, source, inForce(edition), moment).judged
  } catch (error) {
    return error instanceof NotRead ? null : unknown('judge-broke', { test: id })
  }
}

class NotRead extends Error {}
