import { placesOf } from '../data-scan/open.ts'
import { isOpen, type OpenPlace, type ScanOptions } from '../data-scan/place.ts'
import { objectReport, type PlaceReport, placeReport } from '../data-scan/summary.ts'
import type { Target } from '../data-scan/target.ts'

/** A scan's options in tests: no rest, and numbers drawn by a fixed generator. */
export function quickly(over: Partial<ScanOptions> = {}): ScanOptions {
  let state = 1
  return {
    full: false,
    signal: new AbortController().signal,
    rest: async () => {},
    randomBelow: (limit) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      return Math.floor((state / 2 ** 32) * limit)
    },
    progress: () => {},
    ...over,
  }
}

/** Everything of a target's places, by their names. */
export async function scanned(
  target: Target,
  over: Partial<ScanOptions> = {},
): Promise<Record<string, PlaceReport | string>> {
  const seen: Record<string, PlaceReport | string> = {}
  for await (const place of placesOf(target))
    seen[place.local] = isOpen(place) ? await whole(place, quickly(over)) : place.why
  return seen
}

async function whole(place: OpenPlace, options: ScanOptions): Promise<PlaceReport> {
  const objects = []
  for (const object of place.objects) objects.push(objectReport(await place.look(object, options)))
  return placeReport(objects, place.objects.length, place.gaps)
}

/** Finds as `table.column detector count`, those that are judged by. */
export function findsOf(report: PlaceReport | string | undefined): string[] {
  if (typeof report !== 'object') return []
  return report.finds
    .filter(({ confidence }) => confidence !== 'low')
    .map(
      ({ object, column, detector, count }) =>
        `${object}${column === null ? '' : `.${column}`} ${detector} ${count}`,
    )
    .sort()
}
