import { type Tx, uuidv7 } from '@hevd/postgres'
import { type TextInForce, textOnly } from '@hevd/posture'
import type { z } from 'zod'
import type { ControlChange, draftSource } from './contract.ts'
import type { Context } from './deps.ts'
import { type DraftEntries, type DraftEntry, effective } from './domain/change.ts'
import { AmendmentError } from './errors.ts'
import { type Draft, draftHeld, insertDraft, updateDraft } from './store.ts'

export type Making = {
  readonly title: string
  readonly source: z.infer<typeof draftSource>
  readonly changes: Readonly<Record<string, ControlChange>>
}

/** Makes a draft; changes that change nothing are left out. Returns its id. Throws `no-such-control`. */
export async function makeDraft(
  { posture, clock }: Context,
  tx: Tx,
  organisation: string,
  { title, source, changes }: Making,
  by: string,
): Promise<string> {
  const inForce = await posture.texts(tx, organisation)
  const entries = Object.entries(changes).flatMap(([control, change]) => {
    const entry = entryOf(textOf(inForce, control), change)
    return entry === null ? [] : [[control, entry] as const]
  })
  const draft = newDraft(title, source, Object.fromEntries(entries), clock.now(), by)
  await insertDraft(tx, organisation, draft)
  return draft.id
}

export function newDraft(
  title: string,
  source: Draft['source'],
  changes: DraftEntries,
  now: number,
  by: string | null,
): Draft {
  return {
    id: uuidv7(now),
    title,
    source,
    state: 'open',
    changes,
    version: 1,
    made_by: by,
    made_at: now,
    editors: by === null ? [] : [by],
    submitted_by: null,
    submitted_at: null,
    decided_by: null,
    decided_at: null,
    single: false,
    remark: null,
    outcome: null,
  }
}

/**
 * Changes one control of a draft, from the text that is in force now, or takes it out. One that was submitted is open
 * again: nobody approves what they have not seen. Throws `no-such-draft`, `changed-meanwhile`, `draft-over` or
 * `no-such-control`.
 */
export async function changeDraft(
  { posture }: Context,
  tx: Tx,
  organisation: string,
  { id, version, control, change }: ChangingControl,
  by: string,
): Promise<void> {
  const draft = await draftUnderWay(tx, organisation, id, version)
  const text = textOf(await posture.texts(tx, organisation), control)
  const { [control]: before, ...others } = draft.changes
  const entry = change === null ? null : entryOf(text, change, before?.shipped ?? null)
  await updateDraft(tx, organisation, {
    ...draft,
    changes: entry === null ? others : { ...others, [control]: entry },
    editors: draft.editors.includes(by) ? draft.editors : [...draft.editors, by],
    state: 'open',
    submitted_by: null,
    submitted_at: null,
  })
}

export type ChangingControl = {
  readonly id: string
  readonly version: number
  readonly control: string
  /** Null takes the control out of the draft. */
  readonly change: ControlChange | null
}

/** A draft that is open or submitted and as it was seen. Throws `no-such-draft`, `changed-meanwhile` or `draft-over`. */
export async function draftUnderWay(
  tx: Tx,
  organisation: string,
  id: string,
  version: number,
): Promise<Draft> {
  const draft = await draftHeld(tx, organisation, id)
  if (draft === undefined) throw new AmendmentError('no-such-draft')
  if (draft.state !== 'open' && draft.state !== 'submitted') throw new AmendmentError('draft-over')
  if (draft.version !== version) throw new AmendmentError('changed-meanwhile')
  return draft
}

/** What a newer catalogue says of a control stays in the draft, also where nothing of it is taken. */
function entryOf(
  text: TextInForce,
  change: ControlChange,
  shipped: DraftEntry['shipped'] = null,
): DraftEntry | null {
  const from = textOnly(text)
  const needed = effective(from, change)
  return needed === null && shipped === null ? null : { change: needed ?? {}, from, shipped }
}

function textOf(inForce: ReadonlyMap<string, TextInForce>, control: string): TextInForce {
  const text = inForce.get(control)
  if (text === undefined) throw new AmendmentError('no-such-control')
  return text
}
