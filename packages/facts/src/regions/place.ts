import type { Locale } from '@hevd/core'
import { areas, areaWords, isArea, isCountry } from './areas.ts'
import { cloudNames, cloudRegions, isCloud } from './clouds.ts'

/**
 * Where something is, as a code: a country of ISO 3166-1 (`NO`), or a named region of a cloud (`aws:eu-north-1`). What a
 * customer chooses may besides be an area (`eu`).
 */
export function countryOf(place: string): string | null {
  const at = place.indexOf(':')
  if (at < 0) return isCountry(place) ? place : null
  const cloud = place.slice(0, at)
  return isCloud(cloud) ? (cloudRegions[cloud].get(place.slice(at + 1)) ?? null) : null
}

export const isPlace = (code: string): boolean => countryOf(code) !== null

/** Whether a place lies in one of these places and areas; one that nobody knows the country of lies in none. */
export function isWithin(place: string, allowed: readonly string[]): boolean {
  const country = countryOf(place)
  if (country === null) return false
  return allowed.some((one) => one === place || one === country || (isArea(one) && areas[one].has(country)))
}

/** Whether two say the same of one thing: the same region of a cloud, or, where one of them is no cloud’s, the same country. */
export function isSamePlace(one: string, other: string): boolean {
  if (one === other) return true
  if (one.includes(':') && other.includes(':')) return false
  const country = countryOf(one)
  return country !== null && country === countryOf(other)
}

/** `Sverige`, `AWS eu-north-1 (Sverige)`, `EU`; a code that is not known as it stands. */
export function placeInWords(code: string, locale: Locale): string {
  if (isArea(code)) return areaWords[code][locale]
  const country = countryOf(code)
  if (country === null) return code
  const name = new Intl.DisplayNames(locale, { type: 'region' }).of(country) ?? country
  const [cloud = '', region] = code.split(':')
  return region === undefined || !isCloud(cloud) ? name : `${cloudNames[cloud]} ${region} (${name})`
}
