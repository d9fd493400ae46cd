import { type Said, scannedPlaces, sensitiveFinds, type ValueOf } from '@hevd/facts'
import type { Remembered, Round } from './memory.ts'
import { type PlaceReport, placeReport } from './summary.ts'

const shownGaps = 5

/** What the agent says of a place: how much was looked through, and each find by table, column and detector. */
export function factsOf(host: string, place: Remembered): Said[] {
  const { id, kind, name, server, unit } = place
  const round = roundOf(place)
  const report =
    round === null ? nothing : placeReport([...round.objects.values()], round.ofObjects, round.gaps)
  const gaps = place.closed === null ? report.gaps : [{ what: name, why: place.closed }, ...report.gaps]
  const value: ValueOf<typeof scannedPlaces> = {
    id,
    host,
    server,
    kind,
    name,
    scannedAt: round?.startedAt ?? null,
    state: round === null ? 'not-scanned' : report.state,
    objects: report.objects,
    ofObjects: report.ofObjects,
    looked: report.looked,
    of: report.of,
    unit,
    open: report.open,
    encryptedColumns: report.encryptedColumns.length,
    binaryValues: report.binaryValues,
    gaps: gaps.slice(0, shownGaps),
    gapCount: gaps.length,
  }
  return [
    { type: scannedPlaces.name, value },
    ...report.finds.map(({ lines, ...find }) => {
      const found: ValueOf<typeof sensitiveFinds> = { host, place: id, ...find, lines: [...(lines ?? [])] }
      return { type: sensitiveFinds.name, value: found }
    }),
  ]
}

const nothing: PlaceReport = placeReport([], 0, [])

/** The last whole round, with what the one under way has seen anew; the first one by itself. */
function roundOf({ last, current }: Remembered): Round | null {
  if (last === null || current === null) return last ?? current
  return { ...last, objects: new Map([...last.objects, ...current.objects]) }
}
