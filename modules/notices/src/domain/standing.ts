import type { Instant } from '@hevd/core'
import type { Ask } from '@hevd/http'

/** Something that is asked, or was not long ago, as it is kept. */
export type Standing = {
  readonly item: string
  readonly began_at: Instant
  readonly ended_at: Instant | null
  readonly deadline: Instant | null
  readonly revision: number
  readonly changed_at: Instant
}

export type Moved = {
  /** Rows as they now stand, of what changed. */
  readonly changed: readonly Standing[]
  /** What is asked anew. */
  readonly begun: readonly string[]
  /** Everything that is asked, as it now stands. */
  readonly standing: ReadonlyMap<string, Standing>
}

/**
 * What is asked now, against what was. What ended within `steady` milliseconds goes on as if it had not, so that what
 * comes and goes is not told each time.
 */
export function standingNow(
  known: ReadonlyMap<string, Standing>,
  asks: readonly Pick<Ask, 'id' | 'deadline'>[],
  steady: number,
  now: Instant,
): Moved {
  const standing = new Map(
    asks.map(({ id, deadline }) => [id, moved(known.get(id), id, deadline, steady, now)]),
  )
  const ended = [...known.values()]
    .filter(({ item, ended_at }) => ended_at === null && !standing.has(item))
    .map((row) => ({ ...row, ended_at: now }))
  return {
    standing,
    begun: [...standing.values()].filter((row) => isBegun(known.get(row.item), row)).map(({ item }) => item),
    changed: [...[...standing.values()].filter((row) => row !== known.get(row.item)), ...ended],
  }
}

function moved(
  was: Standing | undefined,
  item: string,
  deadline: Instant | null,
  steady: number,
  now: Instant,
): Standing {
  const over = was === undefined || (was.ended_at !== null && now - was.ended_at >= steady)
  // A deadline's revision goes on even where it begins anew: calendars know it by the same name.
  if (over)
    return {
      item,
      began_at: now,
      ended_at: null,
      deadline,
      revision: (was?.revision ?? -1) + 1,
      changed_at: now,
    }
  const same = was.deadline === deadline
  if (same && was.ended_at === null) return was
  const change = same ? {} : { deadline, revision: was.revision + 1, changed_at: now }
  return { ...was, ...change, ended_at: null }
}

function isBegun(was: Standing | undefined, row: Standing): boolean {
  return was === undefined || was.began_at !== row.began_at
}

const day = 24 * 3_600_000

/**
 * Whether somebody who wants to be reminded so many days before is reminded now. What was first told within those days
 * was told late enough.
 */
export function isNear(
  { began_at, deadline }: Pick<Standing, 'began_at' | 'deadline'>,
  remindDays: number | null,
  now: Instant,
): boolean {
  if (deadline === null || remindDays === null || deadline <= now) return false
  const from = deadline - remindDays * day
  return from <= now && began_at < from
}
