import type { Coverage } from '@hevd/core'
import { coverageKeyOf } from './coverage-key.ts'

type Part = Pick<Coverage, 'type' | 'scope'>

/** What a word changes of what its feed covers, and what is covered after it. */
export type CoverageChange = {
  readonly put: readonly Coverage[]
  readonly gone: readonly Part[]
  readonly after: readonly Coverage[]
}

const idOf = ({ type, scope }: Part) => `${type}|${scope}`

/** @param said all of the coverage; null when it is as before */
export function coverageChange(
  before: readonly Coverage[],
  said: readonly Coverage[] | null,
): CoverageChange {
  if (said === null) return { put: [], gone: [], after: before }
  const stored = new Map(before.map((row) => [idOf(row), row]))
  const after = new Map(said.map((row) => [idOf(row), row]))
  return {
    put: [...after.values()].filter((row) => {
      const old = stored.get(idOf(row))
      return old === undefined || old.state !== row.state || old.detail !== row.detail
    }),
    gone: before.filter((row) => !after.has(idOf(row))),
    after: [...after.values()],
  }
}

/** Keys of the look-ups that hang on these parts: their own, and the wide ones of their types. */
export function touchedByCoverage(parts: readonly Part[]): string[] {
  const narrow = parts.map(coverageKeyOf)
  const wide = [...new Set(parts.map(({ type }) => type))].map((type) => coverageKeyOf({ type, scope: null }))
  return [...narrow, ...wide]
}
