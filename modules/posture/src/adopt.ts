import { type Control, canonicalJson, controlOf, type Instant } from '@hevd/core'
import type { Tx } from '@hevd/postgres'
import { approvedText, policyRegister } from './approved-text.ts'
import { fitting, policyDigest, shippedParameters, wordsOf } from './domain/text.ts'
import type { Engine } from './engine.ts'
import { type Edition, editionsInForce, fillWords, supersede } from './store/editions.ts'
import { endTests, knownTests } from './store/ended-tests.ts'
import { dropUnusedFeedSets } from './store/feed-sets.ts'
import { activate, type Judging, judgingForActivation, wasActivated } from './store/judging.ts'
import { wakeTests } from './store/wake.ts'

/** Who approved a text while nobody of the organisation has approved another. */
export const catalogueApproves = 'catalogue'

/**
 * Adopts the catalogue for an organisation, takes up the controls that a newer one adds, and activates its tests, so that
 * of two versions only the newer judges. Words and parameters that are in force stay (@hevd/amendments proposes a newer
 * catalogue's), but for a parameter that the newer tests cannot do without. A version that was activated before and replaced comes back
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
    await keepWords(engine, tx, organisation)
    const inForce = await editionsInForce(tx, organisation)
    const changed = [...catalogue.controls.values()].flatMap((control) => {
      const edition = inForce.get(control.id)
      const next = nextEdition(control, edition, now)
      return next === null ? [] : [next]
    })
    for (const next of changed) await supersede(tx, organisation, next, now)
    await feeds.openRegister(tx, organisation, policyRegister)
    const approved = changed.filter(
      ({ control, policy_digest }) => inForce.get(control)?.policy_digest !== policy_digest,
    )
    await feeds.put(tx, organisation, policyRegister.name, approved.map(approvedText))
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
  if (edition?.words) {
    const { words } = edition
    const parameters = fitting(control, edition.parameters)
    const same = canonicalJson(parameters) === canonicalJson(edition.parameters)
    if (same && edition.tests_digest === control.testsDigest) return null
    return {
      ...edition,
      ...tests,
      number: edition.number + 1,
      parameters,
      before: edition.before && fitting(control, edition.before),
      policy_digest: same ? edition.policy_digest : policyDigest(control.id, words, parameters),
    }
  }
  return {
    ...tests,
    control: control.id,
    number: (edition?.number ?? 0) + 1,
    words: wordsOf(control),
    policy_digest: control.policyDigest,
    parameters: shippedParameters(control),
    before: null,
    before_until: null,
    not_applicable: null,
    approved_at: now,
    approved_by: catalogueApproves,
    single: false,
    reviewed_at: now,
  }
}

/** Editions from before words were kept are the catalogue's where the digest says so; a text that is known no more is shipped anew. */
async function keepWords({ catalogue }: Engine, tx: Tx, organisation: string): Promise<void> {
  for (const { control: id, words, policy_digest } of (await editionsInForce(tx, organisation)).values()) {
    const control = catalogue.controls.get(id)
    if (words !== null || control?.policyDigest !== policy_digest) continue
    await fillWords(tx, organisation, id, wordsOf(control))
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
