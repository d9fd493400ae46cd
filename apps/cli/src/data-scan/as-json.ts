import { type Instant, toIso } from '@hevd/core'
import type { ScannedPlace } from './scan.ts'

/** What `hevd data scan --json` prints: counts and places, never a value. */
export function scanReport(
  at: Instant,
  places: readonly ScannedPlace[],
  { full, stopped }: { readonly full: boolean; readonly stopped: boolean },
) {
  return {
    at: toIso(at),
    full,
    stopped,
    places: places.map(({ about: { kind, name, unit, ...rest }, report }) => ({
      kind,
      name,
      state: report === null ? 'not-scanned' : report.state,
      unit,
      looked: report?.looked ?? 0,
      of: report?.of ?? null,
      /** The largest share of an object that its sample leaves open, at 95 % confidence. */
      open: report?.open ?? 1,
      objects: { looked: report?.objects ?? 0, of: report?.ofObjects ?? 0 },
      encryptedColumns: report?.encryptedColumns ?? [],
      binaryValues: report?.binaryValues ?? 0,
      notLookedAt: report?.gaps ?? [{ what: name, why: 'why' in rest ? rest.why : '' }],
      finds: report?.finds ?? [],
    })),
  }
}
