import { hash } from 'node:crypto'
import { type Bilingual, canonicalJson, type Instant } from '@hevd/core'
import type { Tx } from '@hevd/postgres'
import { catalogueApproves } from './adopt.ts'
import { approvedText, policyRegister } from './approved-text.ts'
import { type NotApplicable, type PolicyText, policyDigest, wordsOf } from './domain/text.ts'
import type { Engine } from './engine.ts'
import { writeStatesNow } from './read/states.ts'
import { type Edition, editionsInForce, parametersDigest, supersede } from './store/editions.ts'
import { holdPolicy } from './store/judging.ts'
import { wakeTests } from './store/wake.ts'

/** A control as it is in force. */
export type TextInForce = PolicyText & {
  readonly control: string
  readonly policyDigest: string
  readonly approvedAt: Instant
  /** An account's id; null while it is the catalogue's. */
  readonly approvedBy: string | null
  readonly single: boolean
}

/** What stands in the place of a text in force. */
export type Amending = {
  readonly texts: ReadonlyMap<string, PolicyText>
  readonly by: string
  /** Approved by the one who wrote it, being the only administrator. */
  readonly single: boolean
  /** What it came of, for the ledger. */
  readonly from: { readonly [name: string]: string | readonly string[] }
}

/** Every control's text in force, in policy order. */
export async function textsInForce(
  { catalogue }: Engine,
  tx: Tx,
  organisation: string,
): Promise<ReadonlyMap<string, TextInForce>> {
  const editions = await editionsInForce(tx, organisation)
  return new Map(
    [...catalogue.controls.values()].flatMap((control) => {
      const edition = editions.get(control.id)
      if (edition === undefined) return []
      const { approved_by: by } = edition
      return [
        [
          control.id,
          {
            control: control.id,
            ...textOf(edition, control),
            policyDigest: edition.policy_digest,
            approvedAt: edition.approved_at,
            approvedBy: by === catalogueApproves ? null : by,
            single: edition.single,
          },
        ],
      ]
    }),
  )
}

export function textOf(
  edition: Edition,
  control: { readonly [N in 'title' | 'statement' | 'how']: Bilingual },
): PolicyText {
  return {
    ...wordsOf(edition.words ?? control),
    parameters: edition.parameters,
    notApplicable: edition.not_applicable,
  }
}

/**
 * Puts texts into force, all in this transaction: editions, the fact that they are approved, and an entry of the internal
 * log; tests of a control whose parameters change are judged anew. No batch is under way and none begins until it is
 * committed, so nothing is judged by half of it. What changes nothing is passed over.
 *
 * @returns the controls that are amended
 */
export async function amend(
  engine: Engine,
  tx: Tx,
  organisation: string,
  { texts, by, single, from }: Amending,
): Promise<readonly string[]> {
  await holdPolicy(tx, organisation)
  const now = engine.clock.now()
  const inForce = await editionsInForce(tx, organisation)
  const changed = [...engine.catalogue.controls.values()].flatMap((control) => {
    const edition = inForce.get(control.id)
    const text = texts.get(control.id)
    if (edition === undefined || text === undefined) return []
    const present = textOf(edition, control)
    if (canonicalJson(present) === canonicalJson(textOnly(text))) return []
    return [{ edition, next: nextEdition(edition, text, { by, single, now }), control }]
  })
  if (changed.length === 0) return []
  for (const { next } of changed) await supersede(tx, organisation, next, now)
  const facts = changed.map(({ next }) => approvedText(next))
  await engine.feeds.put(tx, organisation, policyRegister.name, facts)
  const controls = changed.map(({ next }) => [next.control, amendedTo(next)])
  await engine.ledger.record(tx, organisation, 'policy-amended', {
    ...from,
    by,
    single,
    controls: Object.fromEntries(controls),
  })
  const judgedAnew = changed.filter(
    ({ edition, next }) => edition.parameters_digest !== parametersDigest(next.parameters),
  )
  const tests = judgedAnew.flatMap(({ control }) => control.tests.map(({ id }) => id))
  await wakeTests(tx, organisation, tests, now)
  await writeStatesNow(engine, tx, organisation)
  return changed.map(({ next }) => next.control)
}

export function textOnly(text: PolicyText): PolicyText {
  const { parameters, notApplicable } = text
  return { ...wordsOf(text), parameters, notApplicable }
}

/** The edition that a text becomes. */
export function nextEdition(
  edition: Edition,
  text: PolicyText,
  { by, single, now }: { readonly by: string; readonly single: boolean; readonly now: Instant },
): Omit<Edition, 'parameters_digest'> {
  const same = edition.parameters_digest === parametersDigest(text.parameters)
  const words = wordsOf(text)
  return {
    control: edition.control,
    number: edition.number + 1,
    words,
    policy_digest: policyDigest(edition.control, words, text.parameters),
    tests_digest: edition.tests_digest,
    parameters: text.parameters,
    before: same ? edition.before : edition.parameters,
    before_until: same ? edition.before_until : now,
    not_applicable: text.notApplicable,
    approved_at: now,
    approved_by: by,
    single,
    reviewed_at: now,
  }
}

/** In digests alone: what is said stands in the database, not in the log. */
function amendedTo({ policy_digest, not_applicable }: Pick<Edition, 'policy_digest' | 'not_applicable'>) {
  return { text: policy_digest, notApplicable: not_applicable && digestOf(not_applicable) }
}

function digestOf({ reason, reviewBy }: NotApplicable): string {
  return hash('sha256', canonicalJson({ reason, reviewBy }))
}
