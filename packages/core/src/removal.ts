import { keptDeadline } from './due-times.ts'
import type { Reading, Unseen } from './fact.ts'
import type { Occurrence } from './occurrence.ts'
import type { InForce, ParametersOf, ParameterTypes } from './parameters.ts'
import type { Population } from './population.ts'
import type { Truth } from './quantify.ts'
import type { Schedule } from './schedule.ts'
import type { Judged, Lookups, Readings, ReadingsOf, Test } from './test.ts'
import type { Instant, Moment, TimeZone } from './time.ts'
import { type Fails, type Holds, outside, type Unknown, unseen } from './verdict.ts'
import { after, endOf, startOf, type When } from './when.ts'

/** What had to be gone, by when, and is still there. */
export type Remains = { readonly dueAt: Instant; readonly things: readonly [string, ...string[]] }

/**
 * An obligation that no record discharges: what belongs to a subject must be gone by a time, and that it is gone is seen
 * on the things themselves. There is one occurrence for each time it is due.
 */
export type RemovalDeclaration<
  Subject,
  P extends ParameterTypes,
  First extends Lookups,
  Each extends Lookups,
> = {
  readonly of: Population<Subject>
  readonly parameters: P
  /** Where what belongs to the subject is listed. */
  reads(subject: Subject): First
  /** What belongs to it, by name. */
  things(subject: Subject, readings: ReadingsOf<First>): readonly string[]
  /** What must be looked at to know of one of them; each is read apart, so that one unseen leaves the others. */
  readsOf(thing: string): Each
  /** Whether it is still there. */
  remains(thing: string, readings: ReadingsOf<Each>, moment: Moment): Truth
  /** From when nothing may remain, and how long that may take; null for a subject of which nothing has to go. */
  due(subject: Subject, parameters: ParametersOf<P>): Schedule | null
  /** While it is not due yet: how many there are that have to go. */
  awaited(dueAt: Instant, count: number): Holds
  overdue(remains: Remains, subject: Subject): Fails
}

/** Declares a removal; `id` is `control-id/test-name`. */
export function removal<
  Subject,
  const First extends Lookups,
  const Each extends Lookups,
  const P extends ParameterTypes,
>(id: string, declaration: RemovalDeclaration<Subject, P, First, Each>): Test {
  return {
    id,
    kind: 'obligation',
    looksAgain: true,
    population: declaration.of,
    parameters: declaration.parameters,
    stages: [
      { lookups: (subject: Subject) => declaration.reads(subject) },
      {
        lookups: (subject: Subject, readings: ReadingsOf<First>): Lookups =>
          Object.fromEntries(
            distinct(declaration.things(subject, readings)).flatMap((thing) =>
              Object.entries(declaration.readsOf(thing)).map(([name, lookup]) => [
                nameOf(thing, name),
                lookup,
              ]),
            ),
          ),
      },
    ],
    judge: (
      subject: Subject,
      readings: ReadingsOf<First> & Readings,
      parameters: InForce<ParametersOf<P>>,
      moment: Moment,
    ) => judgeRemoval(declaration, subject, readings, parameters, moment),
  }
}

function judgeRemoval<Subject, P extends ParameterTypes, First extends Lookups, Each extends Lookups>(
  declaration: RemovalDeclaration<Subject, P, First, Each>,
  subject: Subject,
  readings: ReadingsOf<First> & Readings,
  parameters: InForce<ParametersOf<P>>,
  moment: Moment,
): Judged {
  const due = deadlineOf(declaration, subject, parameters, moment.zone)
  if (due === null) return outside
  const { things, untold } = standing(declaration, subject, readings, moment)
  const [first, ...rest] = things
  const gone = first === undefined && untold === null
  const occurrence = (state: Occurrence['state']): readonly Occurrence[] => [
    { dueAt: due.at, state, dischargedAt: null, recordedAt: null },
  ]
  if (!moment.passed(due.at)) {
    const mayBegin = moment.passed(due.from)
    return {
      ...declaration.awaited(due.at, things.length),
      occurrences: occurrence(gone && mayBegin ? 'met' : 'open'),
    }
  }
  if (first !== undefined)
    return {
      ...declaration.overdue({ dueAt: due.at, things: [first, ...rest] }, subject),
      occurrences: occurrence('overdue'),
    }
  if (untold !== null) return { ...untold, occurrences: occurrence('not-observed') }
  return { verdict: 'holds', why: null, occurrences: occurrence('met') }
}

/** Whatever was seen to be there counts; that nothing is there needs all of it seen. */
function standing<Subject, P extends ParameterTypes, First extends Lookups, Each extends Lookups>(
  declaration: RemovalDeclaration<Subject, P, First, Each>,
  subject: Subject,
  readings: ReadingsOf<First> & Readings,
  moment: Moment,
): { readonly things: readonly string[]; readonly untold: Unknown | null } {
  const things: string[] = []
  let untold: Unknown | null = unheard(
    Object.keys(declaration.reads(subject)).flatMap((name) => readings[name]?.unseen ?? []),
  )
  for (const thing of distinct(declaration.things(subject, readings))) {
    const truth = declaration.remains(thing, readingsOf(thing, declaration.readsOf(thing), readings), moment)
    if (truth === true) things.push(thing)
    else if (truth !== false) untold ??= truth
  }
  return { things, untold }
}

function unheard([missing]: readonly Unseen[]): Unknown | null {
  return missing === undefined ? null : unseen(missing)
}

/** The readings of one thing under the names of its own look-ups, which {@link removal} gave their places. */
function readingsOf<Each extends Lookups>(
  thing: string,
  lookups: Each,
  readings: Readings,
): ReadingsOf<Each> {
  return Object.fromEntries(
    Object.keys(lookups).map((name) => [name, stillHeard(readings[nameOf(thing, name)])]),
  ) as ReadingsOf<Each>
}

/** What a source said before it fell silent or failed tells nothing of whether the thing has gone since. */
function stillHeard({ facts, unseen }: Reading = { facts: [], unseen: [] }): Reading {
  const lost = new Set(
    unseen.flatMap((one) => (one.code === 'silent' || one.code === 'failed' ? [one.feed] : [])),
  )
  return { facts: facts.filter(({ feed }) => !lost.has(feed)), unseen }
}

/** A space parts them: names of look-ups have none. */
function nameOf(thing: string, name: string): string {
  return `${name} ${thing}`
}

function distinct(things: readonly string[]): readonly string[] {
  return [...new Set(things)]
}

/** From when and until when it may take; a parameter that was shortened later does not shorten what had begun. */
function deadlineOf<Subject, P extends ParameterTypes, First extends Lookups, Each extends Lookups>(
  { due }: RemovalDeclaration<Subject, P, First, Each>,
  subject: Subject,
  { values, before }: InForce<ParametersOf<P>>,
  zone: TimeZone,
): { readonly from: Instant; readonly at: Instant } | null {
  const schedule = due(subject, values)
  if (schedule === null) return null
  const from = endOf(schedule.event, zone)
  const made = (one: Schedule): When => after(one.event, one.within, zone)
  const earlier = before && due(subject, before.values)
  const when =
    before === null || earlier === null
      ? made(schedule)
      : keptDeadline(made(earlier), made(schedule), startOf(schedule.event, zone), before.until, false, zone)
  return { from, at: endOf(when, zone) }
}
