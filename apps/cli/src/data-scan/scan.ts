import { randomInt } from 'node:crypto'
import {
  type ClosedPlace,
  isOpen,
  type ObjectReport,
  type OpenPlace,
  objectReport,
  type PlaceReport,
  pacedBy,
  placeReport,
  placesOf,
  type ScanOptions,
} from '@hevd/agent/data-scan'
import type { Locale } from '@hevd/core'
import { wallClock } from '../clock.ts'
import type { Terminal } from '../terminal.ts'
import { scanReport } from './as-json.ts'
import { progressLine, scanText } from './as-text.ts'
import { type Given, targetsOf } from './targets.ts'

/** A place that was to be scanned: what was seen of it, or why nothing could be. */
export type ScannedPlace = { readonly about: ClosedPlace | OpenPlace; readonly report: PlaceReport | null }

/** Three parts rest, one part work. */
const restFactor = 3

/**
 * `hevd data scan`: looks through databases and logs now. Told to stop, it reports what it has seen as partial. Exit code:
 * 0 nothing found and all of it looked at, 1 something found, 3 nothing found and not all of it looked at.
 */
export async function dataScan(deps: {
  readonly given: Given
  readonly full: boolean
  readonly json: boolean
  readonly locale: Locale
  readonly terminal: Terminal
  readonly signal: AbortSignal
}): Promise<number> {
  const { given, full, json, locale, terminal, signal } = deps
  const targets = targetsOf(given)
  const at = wallClock()
  const places: ScannedPlace[] = []
  for (const target of targets) {
    for await (const place of placesOf(target)) {
      places.push({ about: place, report: isOpen(place) ? await scanned(place, deps) : null })
      if (signal.aborted) break
    }
    if (signal.aborted) break
  }
  const stopped = signal.aborted
  if (json) terminal.write(JSON.stringify(scanReport(at, places, { full, stopped })))
  else for (const line of scanText(places, { full, stopped }, locale, terminal)) terminal.write(line)
  const finds = places.flatMap(({ report }) => report?.finds ?? [])
  if (finds.some(({ confidence }) => confidence !== 'low')) return 1
  const isWhole =
    places.length > 0 && places.every(({ report }) => report !== null && report.state !== 'partial')
  return isWhole && !stopped ? 0 : 3
}

async function scanned(
  place: OpenPlace,
  { full, signal, locale, terminal }: Parameters<typeof dataScan>[0],
): Promise<PlaceReport> {
  const objects: ObjectReport[] = []
  const count = place.objects.length
  for (const [at, object] of place.objects.entries()) {
    if (signal.aborted) break
    const line = (looked: number, of: number | null) =>
      terminal.progress(progressLine(place, { object, at: at + 1, count, looked, of }, locale))
    const options: ScanOptions = {
      full,
      signal,
      rest: pacedBy(restFactor, signal),
      randomBelow: randomInt,
      progress: line,
    }
    line(0, null)
    objects.push(objectReport(await place.look(object, options)))
  }
  return placeReport(objects, count, place.gaps)
}
