import { type Discharge, type DueTime, dueTimes, keptDeadline, type Span } from './due-times.ts'
import type { Reading, Unseen } from './fact.ts'
import type { Occurrence } from './occurrence.ts'
import type { InForce, ParametersOf, ParameterTypes } from './parameters.ts'
import type { Population } from './population.ts'
import type { Schedule } from './schedule.ts'
import type { Judged, Lookups, ReadingsOf, Test } from './test.ts'
import { type CalendarDate, type Duration, dateOf, type Instant, type Moment, type TimeZone } from './time.ts'
import type { Heard, Told } from './told.ts'
import { type Fails, type Holds, holds, type Judgement, outside, type Unknown, unseen } from './verdict.ts'
import { after, endOf, lastOf, startOf, type When } from './when.ts'

/** A record that something was done: when by what it shows, and until when it is valid if it says so itself. */
export type Made = { readonly at: When; readonly validUntil?: When | null }
/** A time in which the clock stands still, such as leave; both dates belong to it. Null while it has no end. */
export type Absence = { readonly from: When; readonly until: When | null }
/** A time in which the subject need not, and why. */
export type Exemption = { readonly from: When; readonly until: When | null; readonly why: Holds }

/** What was not done in time. */
export type Lapse = {
  /** The date it was due on, in the organisation's zone. */
  readonly on: CalendarDate
  readonly at: Instant
  /** It was done once, and what was shown for it is no longer valid. */
  readonly expired: boolean
}

/** An obligation: who must have what done, by when, how often, and what record discharges it. */
export type ObligationDeclaration<Subject, P extends ParameterTypes, First extends Lookups> = {
  readonly of: Population<Subject>
  readonly parameters?: P
  /** Look-ups that the due date is made of, where it is not the subject's own. */
  reads?(subject: Subject): First
  /** Null for a subject that owes nothing: the control does not speak of it. */
  due(subject: Subject, parameters: ParametersOf<P>, readings: ReadingsOf<First>): Schedule | null | Unknown
  readonly dischargedBy: Told<Subject, Made>
  readonly pausedWhile?: Told<Subject, Absence>
  readonly exemptWhen?: Told<Subject, Exemption>
  /** How long after the due moment it still counts as in time. */
  grace?(parameters: ParametersOf<P>): Duration
  /** How long a record is valid; one that says so itself is valid until the earlier of the two. */
  validity?(parameters: ParametersOf<P>): Duration
  /**
   * Whether a shortened deadline also shortens what was set before the parameters changed, though never to before the
   * change. Otherwise a deadline that was set stays. Lengthened ones count at once for what had not passed.
   */
  readonly retroactive?: boolean
  overdue(lapse: Lapse, subject: Subject, parameters: ParametersOf<P>): Fails
}

/** Declares an obligation; `id` is `control-id/test-name`, or the control's id where it is its only test. */
export function obligation<
  Subject,
  const First extends Lookups = Record<never, never>,
  const P extends ParameterTypes = Record<never, never>,
>(id: string, declaration: ObligationDeclaration<Subject, P, First>): Test {
  const { dischargedBy, pausedWhile, exemptWhen } = declaration
  return {
    id,
    kind: 'obligation',
    population: declaration.of,
    parameters: declaration.parameters ?? {},
    stages: [
      {
        lookups: (subject: Subject) => ({
          ...declaration.reads?.(subject),
          dischargedBy: dischargedBy.lookups(subject),
          pausedWhile: pausedWhile?.lookups(subject) ?? [],
          exemptWhen: exemptWhen?.lookups(subject) ?? [],
        }),
      },
    ],
    judge: (
      subject: Subject,
      readings: ReadingsOf<First> & Sources,
      parameters: InForce<ParametersOf<P>>,
      moment: Moment,
    ) => judgeObligation(declaration, subject, readings, parameters, moment),
  }
}

type Sources = {
  readonly dischargedBy: Reading
  readonly pausedWhile: Reading
  readonly exemptWhen: Reading
}

function judgeObligation<Subject, P extends ParameterTypes, First extends Lookups>(
  declaration: ObligationDeclaration<Subject, P, First>,
  subject: Subject,
  readings: ReadingsOf<First> & Sources,
  { values, before }: InForce<ParametersOf<P>>,
  moment: Moment,
): Judged {
  const schedule = declaration.due(subject, values, readings)
  if (schedule === null) return outside
  if ('verdict' in schedule) return schedule
  const earlier = before && declaration.due(subject, before.values, readings)
  const { zone } = moment
  const exemptions = (declaration.exemptWhen?.heard(subject, readings.exemptWhen) ?? []).map(({ means }) => ({
    ...spanOf(means, zone),
    why: means.why,
  }))
  const missing = [readings.dischargedBy, readings.pausedWhile, readings.exemptWhen].flatMap((r) => r.unseen)
  const times = dueTimes(
    {
      schedule,
      before:
        before === null || earlier === null || 'verdict' in earlier
          ? null
          : { schedule: earlier, until: before.until },
      retroactive: declaration.retroactive ?? false,
      grace: declaration.grace?.(values) ?? 'P0D',
      records: discharges(declaration, subject, readings.dischargedBy, { values, before }, moment),
      pauses: joined(
        (declaration.pausedWhile?.heard(subject, readings.pausedWhile) ?? []).map(({ means }) =>
          spanOf(means, zone),
        ),
      ),
      exemptions,
      whole: missing.length === 0,
    },
    moment,
  )
  const exempt = exemptions.filter((span) => isWithin(span, moment)).at(0)
  const judgement =
    exempt?.why ?? verdictNow(times, missing, zone, (lapse) => declaration.overdue(lapse, subject, values))
  return { ...judgement, occurrences: times.map(occurrence) }
}

/** How it stands: what was due last and is not done decides; what was missed before something was done is history. */
function verdictNow(
  times: readonly DueTime[],
  missing: readonly Unseen[],
  zone: TimeZone,
  overdue: (lapse: Lapse) => Fails,
): Judgement {
  const undone = times.slice(times.findLastIndex(({ record }) => record !== null) + 1)
  const lapsed = undone.find(({ state }) => state !== 'open')
  if (lapsed === undefined) return holds()
  const [unheard] = missing
  if (unheard !== undefined) return unseen(unheard)
  const { due, dueAt: at, expired } = lapsed
  return overdue({ on: typeof due === 'string' ? due : dateOf(at, zone), at, expired })
}

/** Records that do not lie in the future and were valid when they were made, by when they were made. */
function discharges<Subject, P extends ParameterTypes, First extends Lookups>(
  { dischargedBy, validity, retroactive }: ObligationDeclaration<Subject, P, First>,
  subject: Subject,
  reading: Reading,
  { values, before }: InForce<ParametersOf<P>>,
  moment: Moment,
): readonly Discharge[] {
  const { zone } = moment
  const validFor = (at: When): When | null => {
    if (validity === undefined) return null
    const now = after(at, validity(values), zone)
    if (before === null) return now
    const old = after(at, validity(before.values), zone)
    return keptDeadline(old, now, startOf(at, zone), before.until, retroactive ?? false, zone)
  }
  const discharge = ({ means: { at, validUntil }, recordedAt }: Heard<Made>): Discharge => {
    const ends = [validUntil ?? null, validFor(at)].filter((end) => end !== null)
    const [first, second] = ends
    const end =
      first === undefined || second === undefined
        ? (first ?? null)
        : endOf(second, zone) < endOf(first, zone)
          ? second
          : first
    return { at, made: lastOf(at, zone), ends: end, recordedAt }
  }
  return dischargedBy
    .heard(subject, reading)
    .filter(({ means }) => moment.passed(startOf(means.at, zone)))
    .map(discharge)
    .filter(({ made, ends }) => ends === null || endOf(ends, zone) > made)
    .sort((a, b) => a.made - b.made)
}

function spanOf({ from, until }: Absence, zone: TimeZone): Span {
  return { from: startOf(from, zone), until: until === null ? null : endOf(until, zone) }
}

function isWithin({ from, until }: Span, moment: Moment): boolean {
  return moment.passed(from) && (until === null || !moment.passed(until))
}

/** Spans in order, those that overlap as one, so that no time counts twice. */
function joined(spans: readonly Span[]): readonly Span[] {
  const joint: Span[] = []
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const last = joint.at(-1)
    if (last === undefined || (last.until !== null && last.until < span.from)) joint.push(span)
    else if (last.until !== null)
      joint[joint.length - 1] = {
        from: last.from,
        until: span.until === null ? null : Math.max(last.until, span.until),
      }
  }
  return joint
}

function occurrence({ dueAt, overdueAt, state, record }: DueTime): Occurrence {
  return {
    dueAt,
    overdueAt,
    state,
    dischargedAt: record?.made ?? null,
    recordedAt: record?.recordedAt ?? null,
  }
}
