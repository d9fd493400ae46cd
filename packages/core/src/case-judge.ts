import { type OpenStep, type Refused, type Standing, settledBy } from './case.ts'
import type { Unseen } from './fact.ts'
import type { Occurrence } from './occurrence.ts'
import type { Step } from './step.ts'
import type { Judged } from './test.ts'
import type { Instant, Moment } from './time.ts'
import { type Fails, fails, holds, outside, type Unknown, unseen } from './verdict.ts'

/** A case as it is judged. */
export type View = {
  readonly standing: Standing
  readonly refused: readonly Refused[]
  readonly open: readonly OpenStep[]
  readonly steps: readonly Step[]
  readonly missing: readonly Unseen[]
  readonly isOver: boolean
  readonly dueAt: (step: Step, since: Instant) => Instant | null
  readonly since: (step: Step) => Instant | null
  readonly heardAt: ReadonlyMap<string, Instant | null>
  readonly moment: Moment
}

/** A case as a whole: nothing in it that the procedure refuses, no step overdue, and not over before it is finished. */
export function judgeCase(view: View): Judged {
  const { standing, steps, missing } = view
  const occurrences = distinct(steps.flatMap((step) => occurrenceOf(view, step)))
  const broken = brokenBy(view, () => true)
  if (broken !== null) return { ...broken, occurrences }
  if (standing.state === 'finished') return { ...holds(), occurrences }
  const [unheard] = missing
  if (unheard !== undefined) return { ...unseen(unheard), occurrences }
  if (standing.state === 'cancelled')
    return { ...(view.isOver ? unfinished(view, steps) : holds()), occurrences }
  if (view.isOver) return { ...unfinished(view, steps), occurrences }
  const late = steps.filter((step) => isOverdue(view, step))
  const judgement = late.length > 0 ? fails('step-overdue', { steps: late.map(({ id }) => id) }) : holds()
  return { ...judgement, occurrences }
}

/** One step of a case. One whose turn has not come, or that another stands in for, is not spoken of. */
export function judgeStep(view: View, place: Step, name: string): Judged {
  const { standing, missing } = view
  const occurrences = occurrenceOf(view, place)
  const broken = brokenBy(view, (step) => step === name)
  if (broken !== null) return { ...broken, occurrences }
  const settled = settledBy(place, standing)
  if (settled !== null) return settled.step.id === name ? { ...holds(), occurrences } : outside
  if (name !== place.id) return outside
  const isOpen = view.open.some(({ step }) => step === place)
  if (!isOpen && !view.isOver) return outside
  const [unheard] = missing
  if (unheard !== undefined) return { ...unseen(unheard), occurrences }
  if (view.isOver) return { ...unfinished(view, [place]), occurrences }
  return { ...(isOverdue(view, place) ? fails('step-overdue', { steps: [name] }) : holds()), occurrences }
}

/**
 * The first event that the procedure would have refused. Where not all was seen, only what shows by itself counts: what
 * came too soon may have waited for something that was not seen.
 */
function brokenBy(
  { refused, missing }: View,
  about: (step: string | null) => boolean,
): Fails | Unknown | null {
  const ours = refused.filter(({ event }) => about(event.kind === 'step' ? event.step : null))
  const [unheard] = missing
  const plain = ours.find(({ why }) => unheard === undefined || showsByItself.has(why.code))
  if (plain !== undefined) return fails(plain.why.code, plain.why.params)
  return ours.length > 0 && unheard !== undefined ? unseen(unheard) : null
}

const showsByItself: ReadonlySet<string> = new Set([
  'same-person',
  'evidence-missing',
  'evidence-invalid',
  'evidence-either',
])

function unfinished({ standing }: View, steps: readonly Step[]): Fails {
  const missing = steps.filter((step) => settledBy(step, standing) === null)
  return fails('over-without-steps', { steps: missing.map(({ id }) => id) })
}

function isOverdue({ open, moment }: View, step: Step): boolean {
  const dueAt = open.find((one) => one.step === step)?.dueAt ?? null
  return dueAt !== null && moment.passed(dueAt)
}

/** The one time a step was due, if it has a deadline and its turn came. */
function occurrenceOf(view: View, step: Step): readonly Occurrence[] {
  const since = view.since(step)
  const dueAt = since === null ? null : view.dueAt(step, since)
  if (dueAt === null) return []
  const done = settledBy(step, view.standing)
  if (done !== null)
    return [
      {
        dueAt,
        state: done.at < dueAt ? 'met' : 'late',
        dischargedAt: done.at,
        recordedAt: view.heardAt.get(done.step.id) ?? null,
      },
    ]
  if (view.standing.state !== 'open') return []
  const passed = view.moment.passed(dueAt)
  const state = !passed
    ? 'open'
    : view.missing.length > 0
      ? 'not-observed'
      : view.isOver
        ? 'missed'
        : 'overdue'
  return [{ dueAt, state, dischargedAt: null, recordedAt: null }]
}

const badness = ['met', 'open', 'not-observed', 'late', 'overdue', 'missed'] as const

/** One for each due moment, the worst where several steps share it. */
function distinct(occurrences: readonly Occurrence[]): readonly Occurrence[] {
  const byDue = new Map<Instant, Occurrence>()
  for (const one of occurrences) {
    const other = byDue.get(one.dueAt)
    if (other === undefined || badness.indexOf(one.state) > badness.indexOf(other.state))
      byDue.set(one.dueAt, one)
  }
  return [...byDue.values()].sort((a, b) => a.dueAt - b.dueAt)
}
