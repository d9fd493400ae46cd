/**
 * A year as it truly was, and what its report must say by a second computation that shares nothing with the first: it
 * walks from moment to moment and asks of each subject what could be known then.
 */
const hour = 3_600_000
const day = 24 * hour
const utc = Date.parse

/** 2028 in Oslo: a leap year whose ends both lie in winter time. */
export const from = utc('2027-12-31T23:00:00Z')
export const until = utc('2028-12-31T23:00:00Z')

/** Agents report and judging runs every other day at noon. */
export const ticks: readonly number[] = Array.from(
  { length: 200 },
  (_, index) => utc('2027-12-20T12:00:00Z') + index * 2 * day,
)
const begin = utc('2027-12-20T12:00:00Z')
/** The engine stood still from the tick before the first of these until the first after the second. */
const still = { from: utc('2028-10-05T00:00:00Z'), until: utc('2028-10-15T00:00:00Z') }
export const judgedAt = (at: number) => at < still.from || at >= still.until

type Update = {
  readonly name: string
  readonly since: number
  readonly until: number
  readonly deadline: number
}
export type TrueHost = {
  readonly id: string
  readonly role: 'production' | 'other'
  readonly declared: number
  readonly ended: number
  readonly mute: readonly (readonly [number, number])[]
  readonly updates: readonly Update[]
}
const host = (id: string, over: Partial<TrueHost> = {}): TrueHost => ({
  id,
  role: 'production',
  declared: begin,
  ended: Number.POSITIVE_INFINITY,
  mute: [],
  updates: [],
  ...over,
})

export const hosts: readonly TrueHost[] = [
  host('h1', {
    updates: [
      {
        name: 'a',
        since: utc('2028-03-15T10:00:00Z'),
        until: utc('2028-04-02T00:00:00Z'),
        // Fourteen days later by the clock on the wall, an hour less for the sun: summer time began between.
        deadline: utc('2028-03-29T09:00:00Z'),
      },
      {
        name: 'c',
        since: utc('2028-10-20T10:00:00Z'),
        until: utc('2028-11-06T00:00:00Z'),
        deadline: utc('2028-11-03T11:00:00Z'),
      },
    ],
  }),
  host('h2', {
    mute: [[utc('2028-05-11T00:00:00Z'), utc('2028-06-01T00:00:00Z')]],
    updates: [
      {
        name: 'b',
        since: utc('2028-05-09T10:00:00Z'),
        until: utc('2028-05-20T00:00:00Z'),
        deadline: utc('2028-05-23T10:00:00Z'),
      },
    ],
  }),
  host('h3', {
    declared: utc('2028-02-29T15:30:00Z'),
    mute: [[0, utc('2028-03-04T00:00:00Z')]],
  }),
  host('h4', { ended: utc('2028-07-15T15:30:00Z') }),
  host('h5', { mute: [[utc('2028-12-20T00:00:00Z'), Number.POSITIVE_INFINITY]] }),
  host('h6', { role: 'other' }),
  host('h7', { ended: utc('2027-12-27T15:30:00Z') }),
]

/** The ticks at which a host is heard. */
export function reportsOf({ declared, ended, mute }: TrueHost): readonly number[] {
  return ticks.filter(
    (at) => at >= declared && at < ended && !mute.some(([begins, ends]) => at >= begins && at < ends),
  )
}

type Course = { readonly passedOn: string; readonly entered: number }
type Due = {
  readonly at: number
  readonly state: string
  readonly failsFrom: number
  readonly failsUntil: number
}
export type TruePerson = {
  readonly id: string
  readonly startsOn: string
  readonly joined: number
  readonly left: number
  readonly courses: readonly Course[]
  readonly due: readonly Due[]
}
/** What was due at the end of a date of the winter (`+01:00`) or summer (`+02:00`), and how long it was failed. */
const due = (endOf: string, offset: string, state: string, fails?: readonly [number, number]): Due => ({
  at: utc(`${endOf}T00:00:00${offset}`) + day,
  state,
  failsFrom: fails?.[0] ?? 0,
  failsUntil: fails?.[1] ?? 0,
})
const never = Number.POSITIVE_INFINITY

export const persons: readonly TruePerson[] = [
  {
    id: 'p1',
    startsOn: '2027-08-01',
    joined: begin,
    left: never,
    courses: [
      { passedOn: '2027-08-20', entered: begin },
      { passedOn: '2028-02-28', entered: utc('2028-02-28T15:30:00Z') },
      { passedOn: '2028-08-30', entered: utc('2028-09-05T15:30:00Z') },
    ],
    due: [
      due('2028-02-29', '+01:00', 'met'),
      // Passed in time and told of too late: late, and failed until somebody told.
      due('2028-08-31', '+02:00', 'late', [utc('2028-08-31T22:00:00Z'), utc('2028-09-05T15:30:00Z')]),
    ],
  },
  {
    id: 'p2',
    startsOn: '2028-02-28',
    joined: utc('2028-03-01T15:30:00Z'),
    left: never,
    courses: [
      { passedOn: '2028-04-09', entered: utc('2028-04-10T15:30:00Z') },
      { passedOn: '2028-09-01', entered: utc('2028-09-01T15:30:00Z') },
    ],
    due: [
      due('2028-03-29', '+02:00', 'late', [utc('2028-03-29T22:00:00Z'), utc('2028-04-10T15:30:00Z')]),
      due('2028-09-29', '+02:00', 'met'),
    ],
  },
  {
    id: 'p3',
    startsOn: '2028-01-10',
    joined: utc('2028-01-10T15:30:00Z'),
    left: utc('2028-11-01T15:30:00Z'),
    courses: [],
    due: [
      due('2028-02-09', '+01:00', 'missed', [utc('2028-02-09T23:00:00Z'), utc('2028-11-01T15:30:00Z')]),
      due('2028-08-09', '+02:00', 'overdue'),
    ],
  },
  {
    id: 'p4',
    startsOn: '2028-12-15',
    joined: utc('2028-12-15T15:30:00Z'),
    left: never,
    courses: [],
    due: [],
  },
  {
    id: 'p5',
    startsOn: '2027-06-01',
    joined: begin,
    left: utc('2028-05-05T15:30:00Z'),
    courses: [
      { passedOn: '2027-06-20', entered: begin },
      { passedOn: '2027-12-01', entered: begin },
    ],
    due: [due('2028-01-01', '+01:00', 'met')],
  },
]

type Verdict = 'holds' | 'fails' | 'unknown'

/** The engine did not run: from the last tick before it stood still until the first after. */
const dark = {
  from: Math.max(...ticks.filter((at) => at < still.from)),
  until: Math.min(...ticks.filter((at) => at >= still.until)),
}
const isDark = (at: number) => at >= dark.from && at < dark.until

/** What could be known of a host; null while it is not in the population. */
function hostAt(of: TrueHost, at: number): Verdict | null {
  if (of.role !== 'production' || at < of.declared || at >= of.ended) return null
  const reports = reportsOf(of)
  const known = isDark(at) ? dark.from : at
  const last = reports.filter((report) => report <= known).at(-1)
  if (last === undefined) return 'unknown'
  const seen = of.updates.filter((update) => update.since <= last && last < update.until)
  if (seen.some(({ deadline }) => deadline <= at)) return 'fails'
  const heard = reports.filter((report) => report <= at).at(-1) ?? last
  const next = reports.find((report) => report > at) ?? of.ended
  return next - heard >= 3 * day || isDark(at) ? 'unknown' : 'holds'
}

function personAt(of: TruePerson, at: number): Verdict | null {
  if (at < of.joined || at >= of.left) return null
  if (of.due.some(({ failsFrom, failsUntil }) => at >= failsFrom && at < failsUntil)) return 'fails'
  return isDark(at) ? 'unknown' : 'holds'
}

/** Every moment at which anything may change. */
const moments = [
  from,
  until,
  dark.from,
  dark.until,
  ...ticks,
  ...hosts.flatMap(({ declared, ended, updates }) => [
    declared,
    ended,
    ...updates.map(({ deadline }) => deadline),
  ]),
  ...persons.flatMap((person) => [
    person.joined,
    person.left,
    ...person.due.flatMap(({ at, failsFrom, failsUntil }) => [at, failsFrom, failsUntil]),
  ]),
]
  .filter((at) => at >= from && at <= until)
  .sort((a, b) => a - b)
  .filter((at, index, all) => at !== all[index - 1])

export type Expected = {
  readonly subject: string
  readonly joined: number | null
  readonly ended: number | null
  readonly holds: number
  readonly fails: number
  readonly unknown: number
  /** Stretches of failing, cut to the period; the end is null where it goes on. */
  readonly failing: readonly (readonly [number, number | null])[]
}

function walked(subject: string, verdictAt: (at: number) => Verdict | null): Expected[] {
  const time = { holds: 0, fails: 0, unknown: 0 }
  const failing: [number, number | null][] = []
  let first: number | null = null
  let last = 0
  for (const [index, at] of moments.entries()) {
    const next = moments[index + 1]
    const verdict = verdictAt(at)
    if (next === undefined || verdict === null) continue
    first ??= at
    last = next
    time[verdict] += next - at
    if (verdict !== 'fails') continue
    const open = failing.at(-1)
    if (open !== undefined && open[1] === at) open[1] = next
    else failing.push([at, next])
  }
  if (first === null) return []
  const joined = first > from ? first : null
  const ended = last < until ? last : null
  return [{ subject, joined, ended, ...time, failing }]
}

export const expected = {
  'updated/in-time': hosts.flatMap((one) => walked(one.id, (at) => hostAt(one, at))),
  learned: persons.flatMap((one) => walked(one.id, (at) => personAt(one, at))),
} as const
