import { type Duration, dateOf, type Instant, minus, type TimeZone } from '@hevd/core'
import type { BackupRecord } from '../backup.ts'
import { isWhole } from '../repository/list-backups.ts'

/** What stays of a source when there is more. Each keeps by itself; what no rule keeps may go. */
export type KeepRules = {
  /** Everything younger than this. */
  readonly within?: Duration | undefined
  /** The newest so many. */
  readonly last?: number | undefined
  /** The newest of each of the latest so many days, weeks (from Monday) and months that have one. */
  readonly daily?: number | undefined
  readonly weekly?: number | undefined
  readonly monthly?: number | undefined
}

/** Why a backup stays. */
export type KeptBy =
  /** Younger than the repository, or the policy, promises. */
  | 'minimum'
  | 'newest-full'
  /** One that stays needs it. */
  | 'needed'
  | 'within'
  | 'last'
  | 'daily'
  | 'weekly'
  | 'monthly'

export type Sorted = {
  readonly kept: readonly { readonly backup: BackupRecord; readonly by: readonly KeptBy[] }[]
  readonly removed: readonly BackupRecord[]
}

/**
 * Which backups of one source stay. Pure. Those that are not whole are nobody's newest, and stay for the minimum and as
 * parents alone. Without rules everything stays.
 * @param minima the least that each promises: the repository's `keepAtLeast`, the policy's
 * @param zone the days, weeks and months are its
 */
export function sortByRules(
  backups: readonly BackupRecord[],
  rules: KeepRules | null,
  minima: readonly Duration[],
  now: Instant,
  zone: TimeZone,
): Sorted {
  const newestFirst = [...backups].sort((a, b) => b.startedAt - a.startedAt || (a.id < b.id ? 1 : -1))
  if (rules === null)
    return { kept: newestFirst.map((backup) => ({ backup, by: ['within' as const] })), removed: [] }
  const whole = newestFirst.filter(isWhole)
  const by = new Map<string, Set<KeptBy>>()
  const keep = (kept: readonly BackupRecord[], why: KeptBy) => {
    for (const { id } of kept) by.set(id, (by.get(id) ?? new Set()).add(why))
  }
  const since = (duration: Duration) =>
    newestFirst.filter(({ endedAt }) => endedAt > minus(now, duration, zone))
  for (const minimum of minima) keep(since(minimum), 'minimum')
  for (const reach of [...minima, ...(rules.within === undefined ? [] : [rules.within])])
    keep(startOf(whole, minus(now, reach, zone)), 'needed')
  keep(newestFull(newestFirst), 'newest-full')
  keep(newestFull(whole), 'newest-full')
  if (rules.within !== undefined) keep(since(rules.within).filter(isWhole), 'within')
  keep(whole.slice(0, rules.last ?? 0), 'last')
  keep(
    newestPer(whole, rules.daily ?? 0, ({ startedAt }) => dateOf(startedAt, zone)),
    'daily',
  )
  keep(
    newestPer(whole, rules.weekly ?? 0, ({ startedAt }) => mondayOf(dateOf(startedAt, zone))),
    'weekly',
  )
  keep(
    newestPer(whole, rules.monthly ?? 0, ({ startedAt }) => dateOf(startedAt, zone).slice(0, 7)),
    'monthly',
  )
  for (const { id } of newestFirst.filter((backup) => by.has(backup.id)))
    keep(ancestors(newestFirst, id), 'needed')
  return {
    kept: newestFirst.flatMap((backup) => {
      const why = by.get(backup.id)
      return why === undefined ? [] : [{ backup, by: [...why] }]
    }),
    removed: newestFirst.filter(({ id }) => !by.has(id)),
  }
}

const newestFull = (newestFirst: readonly BackupRecord[]) =>
  newestFirst.filter(({ kind }) => kind === 'full').slice(0, 1)

/** The base backup of a server from which the moments after `since` are reached: its increments are the WAL. */
const startOf = (newestFirst: readonly BackupRecord[], since: Instant) =>
  newestFull(newestFirst.filter(({ of, endedAt }) => of === 'postgresql' && endedAt <= since))

function newestPer(
  newestFirst: readonly BackupRecord[],
  count: number,
  period: (backup: BackupRecord) => string,
): readonly BackupRecord[] {
  const newest = new Map<string, BackupRecord>()
  for (const backup of newestFirst) if (!newest.has(period(backup))) newest.set(period(backup), backup)
  return [...newest.values()].slice(0, count)
}

function ancestors(backups: readonly BackupRecord[], id: string): readonly BackupRecord[] {
  const found: BackupRecord[] = []
  let parent = backups.find((backup) => backup.id === id)?.parent ?? null
  while (parent !== null) {
    const wanted = parent
    const next = backups.find((backup) => backup.id === wanted)
    if (next === undefined || found.includes(next)) break
    found.push(next)
    parent = next.parent
  }
  return found
}

/** The Monday of the week of a date, `YYYY-MM-DD`. */
function mondayOf(date: string): string {
  const day = new Date(`${date}T00:00:00Z`)
  return new Date(day.getTime() - ((day.getUTCDay() + 6) % 7) * 86_400_000).toISOString().slice(0, 10)
}
