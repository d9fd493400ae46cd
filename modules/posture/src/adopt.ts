import { type Control, type Instant, locales } from '@hevd/core'
import { approvedTexts } from '@hevd/facts'
import type { Tx } from '@hevd/postgres'
import type { Engine } from './engine.ts'
import { type Edition, editionsInForce, supersede } from './store/editions.ts'
import { endTests, knownTests } from './store/ended-tests.ts'
import { activate, type Judging, judgingForActivation, wasActivated } from './store/judging.ts'
import { wakeSiblings, wakeTests } from './store/wake.ts'

/** Who approved a text while nobody of the organisation has approved another. */
const catalogueApproves = 'catalogue'
const register = {
  name: 'policy',
  title: { nb: 'Godkjent policy', en: 'Approved policy' },
  types: [approvedTexts.name],
}

/**
 * Adopts the catalogue for an organisation, takes up what a newer one adds or words otherwise, and activates its
 * tests, so that of two versions only the newer judges. A version that was activated before and replaced comes back
 * only when the newer one has shown no sign of life for as long as judging may be silent. Idempotent.
 *
 * @returns whether this engine's tests are the activated ones
 */
export function adopt(engine: Engine, organisation: string): Promise<boolean> {
  const { clock, catalogue, digest, feeds } = engine
  return engine.db.transaction(organisation, async (tx) => {
    const now = clock.now()
    const judging = await judgingForActivation(tx, organisation, digest, now)
    if (judging.engine !== digest && !(await takeOver(engine, tx, organisation, judging, now))) return false
    const inForce = await editionsInForce(tx, organisation)
    const changed = [...catalogue.controls.values()].flatMap((control) => {
      const edition = inForce.get(control.id)
      const next = nextEdition(control, edition, now)
      return next === null ? [] : [next]
    })
    for (const next of changed) await supersede(tx, organisation, next, now)
    await feeds.openRegister(tx, organisation, register)
    const approved = changed.filter(
      ({ control, policy_digest }) => inForce.get(control)?.policy_digest !== policy_digest,
    )
    await feeds.put(tx, organisation, register.name, approved.map(approvedText))
    if (approved.length > 0)
      await engine.ledger.record(tx, organisation, 'policy-adopted', {
        by: catalogueApproves,
        controls: Object.fromEntries(approved.map((one) => [one.control, one.policy_digest])),
      })
    if (judging.engine !== digest || changed.length > 0) await wakeAll(engine, tx, organisation, now)
    return true
  })
}

async function takeOver(
  engine: Engine,
  tx: Tx,
  organisation: string,
  judging: Judging,
  now: Instant,
): Promise<boolean> {
  const replaced = await wasActivated(tx, organisation, engine.digest)
  if (replaced && now - judging.alive_at < engine.silentAfter) return false
  if (!(await activate(tx, organisation, engine.digest, judging.generation, now))) return false
  await engine.ledger.record(tx, organisation, 'tests-activated', {
    engine: engine.digest,
    before: judging.engine,
    generation: judging.generation + 1,
  })
  return true
}

/** The edition that takes the place of the one in force, or null when that is still right. */
function nextEdition(
  control: Control,
  edition: Edition | undefined,
  now: Instant,
): Omit<Edition, 'parameters_digest'> | null {
  const tests = { tests_digest: control.testsDigest }
  const own = edition !== undefined && edition.approved_by !== catalogueApproves
  const sameText = own || edition?.policy_digest === control.policyDigest
  if (edition !== undefined && sameText)
    return edition.tests_digest === control.testsDigest
      ? null
      : { ...edition, ...tests, number: edition.number + 1 }
  return {
    ...tests,
    control: control.id,
    number: (edition?.number ?? 0) + 1,
    policy_digest: control.policyDigest,
    parameters: Object.fromEntries(control.parameters.map(({ name, default: value }) => [name, value])),
    before: null,
    before_until: null,
    approved_at: now,
    approved_by: catalogueApproves,
    reviewed_at: now,
  }
}

function approvedText(edition: Omit<Edition, 'parameters_digest'>) {
  return {
    type: approvedTexts.name,
    value: {
      control: edition.control,
      digest: edition.policy_digest,
      locales: [...locales],
      approvedAt: edition.approved_at,
      reviewedAt: edition.reviewed_at,
    },
  }
}

/** Everything is judged anew by the tests that are now activated; those that are no more end. */
async function wakeAll(engine: Engine, tx: Tx, organisation: string, now: Instant): Promise<void> {
  const tests = [...engine.catalogue.tests.keys()]
  const known = await knownTests(tx, organisation)
  const fresh = [...engine.catalogue.tests.values()].filter(({ id }) => !known.includes(id))
  const siblings = fresh.flatMap(({ id: test, population: { type, by } }) =>
    (engine.populations.get(`${type}|${by}`) ?? [])
      .filter(({ id }) => known.includes(id))
      .map(({ id: sibling }) => ({ test, sibling })),
  )
  await wakeTests(tx, organisation, tests, now)
  await wakeSiblings(tx, organisation, siblings, now)
  await endTests(
    tx,
    organisation,
    known.filter((test) => !tests.includes(test)),
    now,
  )
}
