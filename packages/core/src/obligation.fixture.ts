import type { Fact, Reading } from './fact.ts'
import { obligation } from './obligation.ts'
import { each } from './population.ts'
import type { Schedule } from './schedule.ts'
import type { Judged } from './test.ts'
import { judge } from './test.ts'
import { type Instant, Moment } from './time.ts'
import { told } from './told.ts'
import { fails, type Holds, holds } from './verdict.ts'
import { after, endOf, type When } from './when.ts'

export const zone = 'Europe/Oslo'
/** Shortly before the change to summer time, so that days of 23 hours are among those that are counted. */
export const start = '2026-03-20'
/** The date `days` after {@link start}. */
export const day = (days: number): string => String(after(start, 'P1D', zone, days))
/** Within a day, at noon. */
export const noonOf = (days: number): Instant => endOf(day(days), zone) - 12 * 3_600_000

export type Person = { readonly id: string; readonly startsOn: When }
const persons = each<Person>(
  {
    name: 'person',
    parse: () => {
      throw new Error('not stored')
    },
    key: ({ id }) => id,
    scope: () => '-',
    label: ({ id }) => id,
    lookups: {},
    everywhere: '-',
  },
  {
    title: { nb: 'Personer', en: 'People' },
    source: { nb: 'Prøven', en: 'The test' },
    reconciledWith: null,
    noneIsFine: false,
  },
)

type Done = { readonly at: When; readonly validUntil?: When | null }
type Away = { readonly from: When; readonly until: When | null; readonly recordedAt?: Instant }
type Excused = Away & { readonly why: string }
export type Given = {
  readonly due: (person: Person, parameters: { readonly [name: string]: string }) => Schedule | null
  readonly grace?: string
  readonly retroactive?: boolean
  readonly validity?: string
  readonly parameters?: { readonly [name: string]: string }
  readonly before?: { readonly values: { readonly [name: string]: string }; readonly until: Instant }
  readonly records?: readonly (Done & { readonly recordedAt?: Instant })[]
  readonly pauses?: readonly Away[]
  readonly exemptions?: readonly Excused[]
  readonly unseen?: readonly ('dischargedBy' | 'pausedWhile' | 'exemptWhen')[]
  readonly person?: Person
}

/** Judges an obligation over given records, absences and exemptions. */
export function judged(given: Given, moment: Moment): Judged {
  const text = { type: 'duration', parse: String }
  const names = Object.keys(given.parameters ?? {})
  const lookup = { type: 'x', by: 'byKey', value: 'p1', scope: '-' } as const
  const declared = obligation('trained', {
    of: persons,
    parameters: Object.fromEntries(names.map((name) => [name, text])),
    due: (person: Person, parameters) => given.due(person, parameters),
    dischargedBy: told(
      () => ({ ...lookup }),
      (done: Done) => done,
    ),
    pausedWhile: told(
      () => ({ ...lookup }),
      (away: Away) => away,
    ),
    exemptWhen: told(
      () => ({ ...lookup }),
      ({ why, ...span }: Excused): Away & { why: Holds } => ({ ...span, why: holds(why) }),
    ),
    ...(given.validity === undefined ? {} : { validity: () => given.validity ?? 'P1Y' }),
    ...(given.grace === undefined ? {} : { grace: () => given.grace ?? 'P0D' }),
    ...(given.retroactive === undefined ? {} : { retroactive: given.retroactive }),
    overdue: ({ on, expired }) => fails(expired ? 'expired' : 'overdue', { on }),
  })
  const reading = <Value extends { readonly recordedAt?: Instant }>(
    name: 'dischargedBy' | 'pausedWhile' | 'exemptWhen',
    values: readonly Value[],
  ): Reading => ({
    facts: values.map(
      (value): Fact => ({ value, feed: 'f', observedAt: 0, recordedAt: value.recordedAt ?? 0 }),
    ),
    unseen: given.unseen?.includes(name) ? [{ code: 'silent', feed: 'f', since: 0 }] : [],
  })
  return judge(
    declared,
    given.person ?? { id: 'p1', startsOn: start },
    {
      dischargedBy: reading('dischargedBy', given.records ?? []),
      pausedWhile: reading('pausedWhile', given.pauses ?? []),
      exemptWhen: reading('exemptWhen', given.exemptions ?? []),
    },
    { values: given.parameters ?? {}, before: given.before ?? null },
    moment,
  )
}

/** {@link judged} at noon of a day, with the horizon it found. */
export function on(days: number, given: Given) {
  const moment = new Moment(noonOf(days), zone)
  const result = judged(given, moment)
  return { ...result, horizon: moment.horizon }
}
