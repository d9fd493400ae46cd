import { milliseconds } from '@hevd/core'
import type { Tx } from '@hevd/postgres'
import { type TextInForce, textOnly } from '@hevd/posture'
import { approval } from './approval.ts'
import type { DraftControl, DraftDetail, DraftSummary } from './contract.ts'
import type { Actor, Context } from './deps.ts'
import { applied, type DraftEntry, effective, same } from './domain/change.ts'
import { differences } from './domain/differences.ts'
import { faultsOf } from './domain/faults.ts'
import { AmendmentError } from './errors.ts'
import { type Draft, type DraftHead, draftOf, drafts } from './store.ts'

export async function draftSummaries({ db }: Context, organisation: string): Promise<DraftSummary[]> {
  return (await db.transaction(organisation, (tx) => drafts(tx, organisation))).map(summaryOf)
}

/** Throws `no-such-draft`. */
export async function draftDetail(
  context: Context,
  tx: Tx,
  organisation: string,
  id: string,
  by: Actor,
  administrators: readonly string[],
): Promise<DraftDetail> {
  const draft = await draftOf(tx, organisation, id)
  if (draft === undefined) throw new AmendmentError('no-such-draft')
  const changes =
    draft.outcome ?? draftControls(context, draft, await context.posture.texts(tx, organisation))
  const because = mayNotApprove(draft, changes, by, administrators)
  return {
    ...summaryOf(draft),
    version: draft.version,
    changes: [...changes],
    mayApprove: because === null,
    mayNotApproveBecause: because?.words ?? null,
  }
}

function mayNotApprove(
  draft: Draft,
  changes: readonly DraftControl[],
  by: Actor,
  administrators: readonly string[],
): AmendmentError | null {
  if (draft.state !== 'open' && draft.state !== 'submitted') return new AmendmentError('draft-over')
  if (draft.state === 'open') return new AmendmentError('not-submitted')
  const allowed = approval(draft, by, administrators)
  return allowed instanceof AmendmentError ? allowed : notReady(changes)
}

/** Why a draft can be neither submitted nor approved as it stands. */
export function notReady(changes: readonly DraftControl[]): AmendmentError | null {
  if (changes.some(({ overtaken }) => overtaken !== null)) return new AmendmentError('draft-overtaken')
  if (changes.some(({ faults }) => faults.length > 0)) return new AmendmentError('draft-faulty')
  return changes.every((one) => one.differences.length === 0) ? new AmendmentError('nothing-changed') : null
}

/** A draft's controls against what is in force, in policy order. */
export function draftControls(
  context: Context,
  { changes }: Pick<Draft, 'changes'>,
  inForce: ReadonlyMap<string, TextInForce>,
): DraftControl[] {
  return [...inForce.values()].flatMap((text) => {
    const entry = changes[text.control]
    return entry === undefined ? [] : controlOf(context, text, entry)
  })
}

function controlOf(
  { catalogue, clock, config }: Context,
  inForce: TextInForce,
  entry: DraftEntry,
): DraftControl[] {
  const control = catalogue.controls.get(inForce.control)
  if (control === undefined) return []
  const present = textOnly(inForce)
  const change = effective(present, entry.change) ?? {}
  const deciding = {
    now: clock.now(),
    longestNotApplicable: milliseconds(config.longestNotApplicable),
  }
  return [
    {
      control: control.id,
      title: present.title,
      change,
      inForce: present,
      differences: differences(control, present, applied(present, change)),
      faults: faultsOf(control, present, change, deciding),
      overtaken: same(entry.from, present) ? null : entry.from,
      catalogue: entry.shipped,
    },
  ]
}

function summaryOf(draft: DraftHead): DraftSummary {
  return {
    id: draft.id,
    title: draft.title,
    source: draft.source,
    state: draft.state,
    controls: Object.keys(draft.changes),
    madeBy: draft.made_by,
    madeAt: draft.made_at,
    editors: [...draft.editors],
    submittedBy: draft.submitted_by,
    submittedAt: draft.submitted_at,
    decidedBy: draft.decided_by,
    decidedAt: draft.decided_at,
    single: draft.single,
    remark: draft.remark,
  }
}
