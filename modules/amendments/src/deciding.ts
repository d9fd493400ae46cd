import type { Tx } from '@hevd/postgres'
import type { PolicyText } from '@hevd/posture'
import { approval } from './approval.ts'
import type { Actor, Context } from './deps.ts'
import { applied } from './domain/change.ts'
import { AmendmentError } from './errors.ts'
import { type Draft, updateDraft } from './store.ts'
import { draftControls, notReady } from './view.ts'
import { draftUnderWay } from './writing.ts'

export type Deciding = { readonly id: string; readonly version: number }

/** Submits a draft for approval. Throws `already-submitted`, or what `notReady` finds. */
export async function submit(
  context: Context,
  tx: Tx,
  organisation: string,
  { id, version }: Deciding,
  by: string,
): Promise<void> {
  const draft = await draftUnderWay(tx, organisation, id, version)
  if (draft.state === 'submitted') throw new AmendmentError('already-submitted')
  const controls = draftControls(context, draft, await context.posture.texts(tx, organisation))
  const fault = notReady(controls)
  if (fault !== null) throw fault
  const now = context.clock.now()
  await updateDraft(tx, organisation, { ...draft, state: 'submitted', submitted_by: by, submitted_at: now })
  await record(context, tx, organisation, 'policy-draft-submitted', draft, by)
}

/**
 * Approves a submitted draft and puts it into force, all its controls in both languages at once. Whoever comes second
 * finds it decided. Throws `not-submitted`, `own-amendment`, `not-administrator`, or what `notReady` finds.
 */
export async function approve(
  context: Context,
  tx: Tx,
  organisation: string,
  { id, version }: Deciding,
  by: Actor,
  administrators: readonly string[],
): Promise<void> {
  const { posture, clock } = context
  await posture.hold(tx, organisation)
  const draft = await draftUnderWay(tx, organisation, id, version)
  if (draft.state !== 'submitted') throw new AmendmentError('not-submitted')
  const allowed = approval(draft, by, administrators)
  if (allowed instanceof AmendmentError) throw allowed
  const controls = draftControls(context, draft, await posture.texts(tx, organisation))
  const fault = notReady(controls)
  if (fault !== null) throw fault
  const { single } = allowed
  await posture.amend(tx, organisation, {
    texts: new Map(
      controls.map(({ control, inForce, change }): [string, PolicyText] => [
        control,
        applied(inForce, change),
      ]),
    ),
    by: by.id,
    single,
    from: { draft: id, writtenBy: draft.editors },
  })
  const decided = { decided_by: by.id, decided_at: clock.now(), single }
  await updateDraft(tx, organisation, { ...draft, ...decided, state: 'published', outcome: controls })
}

/** Rejects a submitted draft, with why. Throws `not-submitted`. */
export async function reject(
  context: Context,
  tx: Tx,
  organisation: string,
  { id, version, remark }: Deciding & { readonly remark: string },
  by: string,
): Promise<void> {
  const draft = await draftUnderWay(tx, organisation, id, version)
  if (draft.state !== 'submitted') throw new AmendmentError('not-submitted')
  await end(context, tx, organisation, { ...draft, state: 'rejected', remark }, by)
}

/** Takes a draft back, whether it is submitted or not. */
export async function withdraw(
  context: Context,
  tx: Tx,
  organisation: string,
  { id, version }: Deciding,
  by: string,
): Promise<void> {
  const draft = await draftUnderWay(tx, organisation, id, version)
  await end(context, tx, organisation, { ...draft, state: 'withdrawn' }, by)
}

async function end(context: Context, tx: Tx, organisation: string, draft: Draft, by: string): Promise<void> {
  const outcome = draftControls(context, draft, await context.posture.texts(tx, organisation))
  const decided_at = context.clock.now()
  await updateDraft(tx, organisation, { ...draft, decided_by: by, decided_at, outcome })
  await record(context, tx, organisation, `policy-draft-${draft.state}`, draft, by)
}

/** In ids alone: what is proposed and why it was rejected stands in the database, not in the log. */
function record(
  { ledger }: Context,
  tx: Tx,
  organisation: string,
  kind: string,
  { id, source, editors, changes }: Draft,
  by: string,
): Promise<void> {
  const controls = Object.keys(changes).sort()
  return ledger.record(tx, organisation, kind, { draft: id, by, source, writtenBy: [...editors], controls })
}
