import { type Area, areas, countryOf } from '@hevd/facts/regions'

/** The narrowest area that a place is shown under; null outside all of them. */
export function areaOf(place: string): Area | null {
  const country = countryOf(place)
  if (country === null) return null
  return (['eu', 'europe', 'us', 'asia'] as const).find((area) => areas[area].has(country)) ?? null
}
