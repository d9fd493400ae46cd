import {
  alternatives,
  awaited,
  barred,
  type Case,
  type CaseEvent,
  type Done,
  earliest,
  openSince,
  type Refused,
  type Rules,
  type Standing,
  settledBy,
} from './case.ts'
import { type ParameterTypes, parseParameters } from './parameters.ts'
import type { Earlier, EvidenceOf, Needs, Step } from './step.ts'
import type { TimeZone } from './time.ts'
import type { Reason } from './verdict.ts'

/** What becomes of an event: the case with it, or why it may not be. */
export type Advance =
  | { readonly outcome: 'accepted'; readonly case: Case; readonly standing: Standing }
  | { readonly outcome: 'refused'; readonly why: Reason }

/** Takes one event into a case, or refuses it with a reason. Pure: the event's own time is the time it happens. */
export function advance(rules: Rules, current: Case, event: CaseEvent, zone: TimeZone): Advance {
  const { standing } = replay(rules, current, zone)
  const next = take(rules, standing, event, zone)
  if ('code' in next) return { outcome: 'refused', why: next }
  const events = [...current.events, event]
  return { outcome: 'accepted', case: { ...current, events }, standing: next }
}

/** How a case stands after its events, and those of them that the procedure would have refused: they count for nothing. */
export function replay(
  rules: Rules,
  { opened, events }: Case,
  zone: TimeZone,
): { readonly standing: Standing; readonly refused: readonly Refused[] } {
  let standing: Standing = { state: 'open', opened, done: new Map(), lastAt: opened.at }
  const refused: Refused[] = []
  for (const event of events) {
    const next = take(rules, standing, event, zone)
    if ('code' in next) refused.push({ event, why: next })
    else standing = next
  }
  return { standing, refused }
}

function take(rules: Rules, standing: Standing, event: CaseEvent, zone: TimeZone): Standing | Reason {
  const why = stillOpen(standing) ?? notBackwards(standing, event)
  if (why !== null) return why
  const next =
    event.kind === 'cancelled' ? cancel(rules, standing, event) : perform(rules, standing, event, zone)
  return 'code' in next ? next : (neverSo(rules, next) ?? next)
}

function cancel(
  rules: Rules,
  standing: Standing,
  event: CaseEvent & { readonly kind: 'cancelled' },
): Standing | Reason {
  return (
    mayBeCancelled(rules, standing) ??
    reasonGiven(event.reason) ?? { ...standing, state: 'cancelled', lastAt: event.at }
  )
}

function perform(
  rules: Rules,
  standing: Standing,
  event: CaseEvent & { readonly kind: 'step' },
  zone: TimeZone,
): Standing | Reason {
  const place = rules.steps.find((one) => alternatives(one).some(({ id }) => id === event.step))
  const step = place && alternatives(place).find(({ id }) => id === event.step)
  if (place === undefined || step === undefined) return { code: 'step-unknown', params: { step: event.step } }
  const why =
    notDoneYet(place, step, standing) ??
    waitsForNothing(rules, place, step, standing) ??
    byAnother(step, standing, event.by) ??
    notTooEarly(step, standing, event.at, zone)
  if (why !== null) return why
  const evidence = evidenceOf(step, event.evidence)
  if ('code' in evidence) return evidence
  const unsuited = step.fits(evidence.given, earlier(standing))
  if (unsuited !== null) return unsuited.why
  const done: Done = { step, by: event.by, at: event.at, evidence: evidence.given }
  const next: Standing = { ...standing, done: new Map([...standing.done, [step.id, done]]), lastAt: event.at }
  const finished = rules.steps.every((one) => settledBy(one, next) !== null)
  return finished ? { ...next, state: 'finished' } : next
}

function stillOpen({ state }: Standing): Reason | null {
  return state === 'open' ? null : { code: 'case-ended', params: { state } }
}

function notBackwards({ lastAt }: Standing, { at }: CaseEvent): Reason | null {
  return at >= lastAt ? null : { code: 'before-the-last', params: { at, last: lastAt } }
}

function mayBeCancelled({ cancel }: Rules, { done }: Standing): Reason | null {
  if (cancel === undefined) return { code: 'cancel-never', params: {} }
  return cancel.until !== null && done.has(cancel.until)
    ? { code: 'cancel-too-late', params: { step: cancel.until } }
    : null
}

function reasonGiven(reason: string): Reason | null {
  return reason.trim() === '' ? { code: 'cancel-reason-missing', params: {} } : null
}

function notDoneYet(place: Step, step: Step, standing: Standing): Reason | null {
  const settled = settledBy(place, standing)
  return settled && { code: 'step-done', params: { step: step.id, by: settled.step.id } }
}

function waitsForNothing(rules: Rules, place: Step, step: Step, standing: Standing): Reason | null {
  if (openSince(rules, place, standing) !== null) return null
  const waiting = awaited(rules, place).filter((other) => settledBy(other, standing) === null)
  return { code: 'step-waits', params: { step: step.id, waitsFor: waiting.map(({ id }) => id) } }
}

function byAnother(step: Step, standing: Standing, by: string): Reason | null {
  return barred(step, standing).includes(by) ? { code: 'same-person', params: { step: step.id } } : null
}

function notTooEarly(step: Step, standing: Standing, at: number, zone: TimeZone): Reason | null {
  const from = earliest(step, standing, zone)
  return from === null || at >= from ? null : { code: 'too-early', params: { step: step.id, from } }
}

type Given = { readonly given: { readonly [name: string]: unknown } }

function evidenceOf(step: Step, raw: { readonly [name: string]: unknown }): Given | Reason {
  const kinds = isEither(step.needs) ? step.needs.options : [step.needs]
  let first: Reason | null = null
  for (const kind of kinds) {
    const parsed = parsedEvidence(step, kind, raw)
    if (!('code' in parsed)) return parsed
    first ??= parsed
  }
  if (kinds.length > 1) {
    const names = kinds.map((kind) => Object.keys(kind).join(' + '))
    return { code: 'evidence-either', params: { step: step.id, options: names } }
  }
  return first ?? { given: {} }
}

function parsedEvidence(
  step: Step,
  kind: ParameterTypes,
  raw: { readonly [name: string]: unknown },
): Given | Reason {
  for (const [name, type] of Object.entries(kind)) {
    if (raw[name] === undefined || raw[name] === null)
      return { code: 'evidence-missing', params: { step: step.id, evidence: name } }
    try {
      type.parse(raw[name])
    } catch {
      return { code: 'evidence-invalid', params: { step: step.id, evidence: name, wants: type.type } }
    }
  }
  return { given: parseParameters(kind, raw) }
}

function isEither(needs: Needs): needs is Extract<Needs, { readonly options: readonly ParameterTypes[] }> {
  return Array.isArray(needs.options)
}

function neverSo({ never }: Rules, standing: Standing): Reason | null {
  for (const invariant of never ?? []) {
    const broken = invariant(standing)
    if (broken !== null) return broken.why
  }
  return null
}

/** Evidence was parsed by the step that asked for it. */
function earlier({ done }: Standing): Earlier {
  return {
    of: <N extends Needs>({ id }: Step<N>) => (done.get(id)?.evidence ?? null) as EvidenceOf<N> | null,
  }
}
