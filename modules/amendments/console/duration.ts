/** Units in which a deadline is said, shortest first. */
export const durationUnits = ['minute', 'hour', 'day', 'week', 'month', 'year'] as const
export type DurationUnit = (typeof durationUnits)[number]

const written: { readonly [U in DurationUnit]: (count: string) => string } = {
  minute: (count) => `PT${count}M`,
  hour: (count) => `PT${count}H`,
  day: (count) => `P${count}D`,
  week: (count) => `P${count}W`,
  month: (count) => `P${count}M`,
  year: (count) => `P${count}Y`,
}

/** An ISO 8601 duration of one unit; null for one of several, which is written as it is. */
export function partsOfDuration(iso: string): { readonly count: string; readonly unit: DurationUnit } | null {
  const count = /^PT?(\d+)[A-Z]$/.exec(iso)?.[1]
  if (count === undefined) return null
  const unit = durationUnits.find((candidate) => written[candidate](count) === iso)
  return unit === undefined ? null : { count, unit }
}

export function durationOf(count: string, unit: DurationUnit): string {
  return count === '' ? '' : written[unit](count)
}
