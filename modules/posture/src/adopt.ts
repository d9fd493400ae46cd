import { type Control, controlOf, type Instant, locales } from '@hevd/core'
import { approvedTexts } from '@hevd/facts'
import type { Tx } from '@hevd/postgres'
import type { Engine } from './engine.ts'
import { type Edition, editionsInForce, supersede } from './store/editions.ts'
import { endTests, knownTests } from './store/ended-tests.ts'
import { dropUnusedFeedSets } from './store/feed-sets.ts'
import { activate, type Judging, judgingForActivation, wasActivated } from './store/judging.ts'
import { wakeTests } from './store/wake.ts'

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
 * When this resolves, stored facts are found by the look-up rules that the tests know: nothing is judged on half an
 * index, and what stands meanwhile falls silent like any other judging that stands still.
 *
 * @returns whether this engine's tests are the activated ones
 */
export async function adopt(engine: Engine, organisation: string): Promise<boolean> {
  const activated = await activateTests(engine, organisation)
  if (activated) while (await engine.feeds.indexSome(organisation));
  return activated
}

function activateTests(engine: Engine, organisation: string): Promise<boolean> {
  const { clock, catalogue, digest, feeds } = engine
  return engine.db.transaction(organisation, async (tx) => {
    const now = clock.now()
    const judging = await judgingForActivation(tx, organisation, digest, now)
    if (judging.engine !== digest && !(await takeOver(engine, tx, organisation, judging, now))) return false
    await feeds.adoptRules(tx, organisation)
    await dropUnusedFeedSets(tx, organisation)
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
    if (judging.engine !== digest || changed.length > 0) {
      const retested = changed.filter(
        ({ control, tests_digest }) => inForce.get(control)?.tests_digest !== tests_digest,
      )
      await wakeAll(engine, tx, organisation, new Set(retested.map(({ control }) => control)), now)
    }
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

/**
 * Everything is judged anew by the tests that are now activated; those that are no more end. What a new test judges, or
 * one whose control is tested otherwise (`retested`), has perhaps never been a candidate: its population is touched.
 */
async function wakeAll(
  engine: Engine,
  tx: Tx,
  organisation: string,
  retested: ReadonlySet<string>,
  now: Instant,
): Promise<void> {
  const { tests } = engine.catalogue
  const known = await knownTests(tx, organisation)
  const asked = [...tests.values()].filter(({ id }) => !known.includes(id) || retested.has(controlOf(id)))
  await wakeTests(tx, organisation, [...tests.keys()], now)
  await engine.feeds.touchAll(
    tx,
    organisation,
    asked.map(({ population: { type, by } }) => ({ type, by })),
  )
  await endTests(
    tx,
    organisation,
    known.filter((test) => !tests.has(test)),
    now,
  )
}
