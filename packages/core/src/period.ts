import type { PolicyState, State } from './roll-up.ts'
import { type CalendarDate, endOfDate, type Instant, startOfDate, type TimeZone } from './time.ts'

/** A time, its end not included. */
export type Span = { readonly from: Instant; readonly until: Instant }

/**
 * The period of two dates and all between: from the first instant of the first, in `zone`, until the first after the last.
 * Throws RangeError where it has no day.
 */
export function periodOf(firstDay: CalendarDate, lastDay: CalendarDate, zone: TimeZone): Span {
  const period = { from: startOfDate(firstDay, zone), until: endOfDate(lastDay, zone) }
  if (period.from >= period.until) throw new RangeError(`${firstDay} is after ${lastDay}`)
  return period
}

/** A time in which something stood in one state. */
export type Stretch = Span & { readonly state: PolicyState }
/**
 * How long something stood in each state, in milliseconds; `unwatched` is what nothing was said of. `not-applicable` is
 * left out where there was no such time, so that a report of before it was known comes out as it did.
 */
export type Shares = { readonly [S in State]: number } & {
  readonly unwatched: number
  readonly 'not-applicable'?: number
}

/** The parts of stretches that lie in a period. */
export function clipped<Part extends Span>(stretches: readonly Part[], { from, until }: Span): Part[] {
  return stretches.flatMap((stretch) => {
    const part = { ...stretch, from: Math.max(stretch.from, from), until: Math.min(stretch.until, until) }
    return part.from < part.until ? [part] : []
  })
}

/**
 * What is believed of a history once it is known when nobody looked: `holds` and `excepted` are `unknown` in the gaps, while
 * failures stand. Stretches are in order and do not overlap; gaps may.
 */
export function unseenDuring(stretches: readonly Stretch[], gaps: readonly Span[]): Stretch[] {
  const dark = united(gaps)
  return joined(
    stretches.flatMap((stretch) => {
      if (stretch.state !== 'holds' && stretch.state !== 'excepted') return [stretch]
      const unseen = clipped(dark, stretch).map((gap): Stretch => ({ ...gap, state: 'unknown' }))
      return [...unseen, ...between(unseen, stretch)].sort((a, b) => a.from - b.from)
    }),
  )
}

/** What of a stretch lies outside parts of it that are in order. */
function between(parts: readonly Span[], stretch: Stretch): Stretch[] {
  const edges = [stretch.from, ...parts.flatMap(({ from, until }) => [from, until]), stretch.until]
  return edges.flatMap((from, index) => {
    const until = edges[index + 1]
    return index % 2 === 1 || until === undefined || from >= until ? [] : [{ ...stretch, from, until }]
  })
}

/** Spans that overlap or touch as one, in order. */
export function united(spans: readonly Span[]): Span[] {
  const result: Span[] = []
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const last = result.at(-1)
    if (last !== undefined && span.from <= last.until)
      result[result.length - 1] = { from: last.from, until: Math.max(last.until, span.until) }
    else result.push({ from: span.from, until: span.until })
  }
  return result
}

function joined(stretches: readonly Stretch[]): Stretch[] {
  const result: Stretch[] = []
  for (const stretch of stretches) {
    const last = result.at(-1)
    if (last !== undefined && last.state === stretch.state && last.until === stretch.from)
      result[result.length - 1] = { ...last, until: stretch.until }
    else result.push(stretch)
  }
  return result
}

/** How long each state lasted in a period. */
export function sharesOf(stretches: readonly Stretch[], period: Span): Shares {
  const lasted = { holds: 0, fails: 0, unknown: 0, excepted: 0, 'not-applicable': 0 }
  for (const { state, from, until } of clipped(stretches, period)) lasted[state] += until - from
  const { 'not-applicable': outside, ...shares } = lasted
  const { holds, fails, unknown, excepted } = shares
  const unwatched = period.until - period.from - holds - fails - unknown - excepted - outside
  return { ...shares, unwatched, ...(outside > 0 && { 'not-applicable': outside }) }
}

/**
 * What is hashed to put a subject in its place in a sample: a sample of n are the n subjects whose SHA-256 of this text
 * in UTF-8 is smallest, bytes compared from the first, in that order. Whoever has the list and the seed can draw it again,
 * and nobody who did not choose the seed can steer it.
 */
export function sampledText(seed: string, subject: string): string {
  return `${seed}|${subject}`
}
