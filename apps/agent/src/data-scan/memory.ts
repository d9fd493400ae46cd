import type { Instant } from '@hevd/core'
import type { GapWhy } from '@hevd/facts'
import type { ScanGap } from './place.ts'
import type { ObjectReport } from './summary.ts'

/** What was seen of a place in one go through its tables or files. */
export type Round = {
  readonly startedAt: Instant
  readonly ofObjects: number
  readonly gaps: readonly ScanGap[]
  readonly objects: Map<string, ObjectReport>
}

/** A place that the agent scans, and what it knows of it. */
export type Remembered = {
  readonly id: string
  /** The target it belongs to, without credentials. */
  readonly target: string
  readonly kind: 'postgres' | 'mysql' | 'logs'
  readonly name: string
  readonly server: string | null
  readonly unit: 'rows' | 'bytes'
  /** Why it could not be opened the last time; null where it could. */
  closed: GapWhy | null
  /** The last round that reached its end, and the one under way. */
  last: Round | null
  current: Round | null
}

type Line =
  | readonly ['place', Omit<Remembered, 'last' | 'current'>]
  | readonly ['round', string, 'last' | 'current', Omit<Round, 'objects'>]
  | readonly ['object', string, 'last' | 'current', ObjectReport]

/** Reads what {@link kept} wrote. */
export function recalled(lines: readonly string[]): Map<string, Remembered> {
  const parsed = lines.map((line): Line => JSON.parse(line))
  const places = new Map<string, Remembered>()
  for (const line of parsed)
    if (line[0] === 'place') places.set(line[1].id, { ...line[1], last: null, current: null })
  for (const line of parsed) {
    if (line[0] !== 'round') continue
    const place = places.get(line[1])
    if (place !== undefined) place[line[2]] = { ...line[3], objects: new Map() }
  }
  for (const line of parsed) {
    if (line[0] !== 'object') continue
    places.get(line[1])?.[line[2]]?.objects.set(line[3].object, line[3])
  }
  return places
}

/** A line for each place, round and object, so that only what has changed is written anew. */
export function kept(places: Iterable<Remembered>): string[] {
  return [...places].flatMap(({ last, current, ...place }) => [
    JSON.stringify(['place', place]),
    ...linesOf(place.id, 'last', last),
    ...linesOf(place.id, 'current', current),
  ])
}

function linesOf(id: string, which: 'last' | 'current', round: Round | null): string[] {
  if (round === null) return []
  const { objects, ...about } = round
  return [
    JSON.stringify(['round', id, which, about]),
    ...[...objects.values()].map((object) => JSON.stringify(['object', id, which, object])),
  ]
}
