import type { Control } from '@hevd/core'
import type { Tx } from '@hevd/postgres'
import { type PolicyText, shippedParameters, type TextInForce, textOnly, wordsOf } from '@hevd/posture'
import type { Context } from './deps.ts'
import { type DraftEntry, same } from './domain/change.ts'
import { proposed } from './domain/merge.ts'
import { catalogueDraftHeld, insertDraft, keepShipped, shippedTexts, updateDraft } from './store.ts'
import { newDraft } from './writing.ts'

/** Of controls: what the catalogue shipped before, and ships now. */
type Newer = { readonly text: TextInForce; readonly before: PolicyText; readonly after: PolicyText }

/**
 * Takes up what the catalogue ships: texts that are newer than those it shipped before become a draft, one for all, which
 * waits like any other; those that nobody has decided on yet are brought up to date. A control that is new was taken
 * into force with its tests. What was rejected or withdrawn is not proposed again. Idempotent.
 */
export function takeUpCatalogue(context: Context, organisation: string): Promise<void> {
  return context.db.transaction(organisation, async (tx) => {
    await context.posture.hold(tx, organisation)
    const inForce = await context.posture.texts(tx, organisation)
    const known = await shippedTexts(tx, organisation)
    const newer: Newer[] = []
    for (const control of context.catalogue.controls.values()) {
      const after = shippedText(control)
      const before = known.get(control.id)
      if (before !== undefined && same(before, after)) continue
      await keepShipped(tx, organisation, control.id, after)
      const text = inForce.get(control.id)
      if (
        before !== undefined &&
        text !== undefined &&
        !same({ ...textOnly(text), notApplicable: null }, after)
      )
        newer.push({ text, before, after })
    }
    if (newer.length > 0) await propose(context, tx, organisation, newer)
  })
}

async function propose(
  context: Context,
  tx: Tx,
  organisation: string,
  newer: readonly Newer[],
): Promise<void> {
  const waiting = await catalogueDraftHeld(tx, organisation)
  const entries = newer.map(({ text, before, after }) => {
    const first = waiting?.changes[text.control]?.shipped?.before ?? before
    return [text.control, entryOf(textOnly(text), first, after)] as const
  })
  const changes = Object.fromEntries(entries)
  if (waiting === undefined) {
    const title = 'Nyere katalog · Newer catalogue'
    await insertDraft(tx, organisation, newDraft(title, 'catalogue', changes, context.clock.now(), null))
    return
  }
  await updateDraft(tx, organisation, {
    ...waiting,
    changes: { ...waiting.changes, ...changes },
    state: 'open',
    submitted_by: null,
    submitted_at: null,
  })
}

/** Also where nothing is proposed, since the organisation's own words stay: the difference is shown. */
function entryOf(inForce: PolicyText, before: PolicyText, after: PolicyText): DraftEntry {
  return { change: proposed(before, inForce, after) ?? {}, from: inForce, shipped: { before, after } }
}

function shippedText(control: Control): PolicyText {
  return { ...wordsOf(control), parameters: shippedParameters(control), notApplicable: null }
}
