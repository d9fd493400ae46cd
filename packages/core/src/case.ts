import type { Step } from './step.ts'
import type { Duration, Instant, TimeZone } from './time.ts'
import type { Fails, Reason } from './verdict.ts'
import { after, endOf } from './when.ts'

/** Who opened a case, a person's id, and when. */
export type Opening = { readonly by: string; readonly at: Instant }

/** What happened in a case. People go by id. */
export type CaseEvent =
  | {
      readonly kind: 'step'
      readonly step: string
      readonly by: string
      readonly at: Instant
      readonly evidence: { readonly [name: string]: unknown }
    }
  | { readonly kind: 'cancelled'; readonly by: string; readonly at: Instant; readonly reason: string }

/** A running or ended procedure: how it was opened, and all that was accepted since, in order. */
export type Case = { readonly opened: Opening; readonly events: readonly CaseEvent[] }

/** A step that was done, with its evidence as accepted. */
export type Done = Opening & {
  readonly step: Step
  readonly evidence: { readonly [name: string]: unknown }
}

/** How a case stands. */
export type Standing = {
  readonly state: 'open' | 'finished' | 'cancelled'
  readonly opened: Opening
  /** Steps done, by id, in the order they were done. */
  readonly done: ReadonlyMap<string, Done>
  /** The last thing that happened. */
  readonly lastAt: Instant
}

/** What a procedure is made of, whatever its cases are about. */
export type Rules = {
  readonly steps: readonly Step[]
  /** A case may be cancelled until this step is done; null for always, absent for never. */
  readonly cancel?: { readonly until: string | null }
  /** What a case may never be: each gives the failure, or null. */
  readonly never?: readonly ((standing: Standing) => Fails | null)[]
}

/** A step with what may be done in its place, in the order they are tried. */
export function alternatives(step: Step): readonly Step[] {
  return step.orElse === null ? [step] : [step, ...alternatives(step.orElse)]
}

/** What was done of a step or in its place. */
export function settledBy(step: Step, { done }: Standing): Done | null {
  for (const one of alternatives(step)) {
    const settled = done.get(one.id)
    if (settled !== undefined) return settled
  }
  return null
}

/** The steps that must be done before one may be; those in whose place another may be are meant with it. */
export function awaited({ steps }: Rules, step: Step): readonly Step[] {
  const index = steps.indexOf(step)
  if (step.after === null) return steps.slice(Math.max(index - 1, 0), Math.max(index, 0))
  const { after: ids } = step
  return steps.filter((other) => alternatives(other).some(({ id }) => ids.includes(id)))
}

/** A step that can be worked on now, and what is asked of whoever does it. */
export type OpenStep = {
  readonly step: Step
  /** The step it may stand in for; itself where it is no alternative. */
  readonly insteadOf: Step
  /** Since when it could be done. */
  readonly since: Instant
  readonly dueAt: Instant | null
  /** People who may not do it. */
  readonly notBy: readonly string[]
  readonly notBefore: Instant | null
}

/**
 * The steps that are open, alternatives too.
 *
 * @param deadlines the procedure's durations by the names that its steps use
 */
export function openSteps(
  rules: Rules,
  standing: Standing,
  deadlines: { readonly [name: string]: Duration },
  zone: TimeZone,
): readonly OpenStep[] {
  if (standing.state !== 'open') return []
  return rules.steps.flatMap((step) => {
    const since = openSince(rules, step, standing)
    if (since === null || settledBy(step, standing) !== null) return []
    const within = step.within === null ? undefined : deadlines[step.within]
    const dueAt = within === undefined ? null : endOf(after(since, within, zone), zone)
    return alternatives(step).map((one) => ({
      step: one,
      insteadOf: step,
      since,
      dueAt,
      notBy: barred(one, standing),
      notBefore: earliest(one, standing, zone),
    }))
  })
}

/** When all that a step waits for was done; null while it waits. */
export function openSince(rules: Rules, step: Step, standing: Standing): Instant | null {
  const first = awaited(rules, step).map((other) => settledBy(other, standing))
  if (first.some((done) => done === null)) return null
  return Math.max(standing.opened.at, ...first.map((done) => done?.at ?? standing.opened.at))
}

/** People whom a step's guards keep from doing it. */
export function barred({ guards }: Step, standing: Standing): readonly string[] {
  const people = guards.flatMap((guard) =>
    guard.kind === 'other-than' ? guard.steps.flatMap((id) => actOf(id, standing)?.by ?? []) : [],
  )
  return [...new Set(people)]
}

/** The moment before which a step's guards keep it from being done; null where there is none. */
export function earliest({ guards }: Step, standing: Standing, zone: TimeZone): Instant | null {
  const moments = guards.flatMap((guard) => {
    const act = guard.kind === 'not-before' ? actOf(guard.step, standing) : null
    return guard.kind === 'not-before' && act !== null
      ? [endOf(after(act.at, guard.duration, zone), zone)]
      : []
  })
  return moments.length === 0 ? null : Math.max(...moments)
}

function actOf(id: string, { opened, done }: Standing): Opening | null {
  return id === 'opened' ? opened : (done.get(id) ?? null)
}

/** An event that a procedure does not allow, and why. */
export type Refused = { readonly event: CaseEvent; readonly why: Reason }
