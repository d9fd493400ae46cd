import type { Confidence, Context, Kind } from './detector.ts'
import { detectorOf } from './detectors.ts'
import { isEncrypted } from './encrypted.ts'
import { look } from './look.ts'

/** What was found of one detector in a column or a file. Never a value. */
export type Found = {
  readonly detector: string
  readonly kind: Kind
  /** How many values (rows of a column, lines of a file) hold at least one. */
  readonly count: number
  readonly confidence: Confidence
  /** Number of the first and the last line, of a file; null where lines were not counted. */
  readonly lines: readonly [number, number] | null
}

/** Looks at the values of one column, or at the lines of one file, and counts. */
export type Tally = {
  /**
   * @param value bytes are read as UTF-8; those that are none are counted as binary and not looked into
   * @param line its number; null where lines are not counted
   */
  add(value: string | Uint8Array, line?: number | null): void
  /** How many values were given, how many of those @hevd/columns had encrypted, and how many were binary. */
  readonly values: number
  readonly encrypted: number
  readonly binary: number
  found(): readonly Found[]
}

type Count = {
  sure: Record<Confidence, number>
  weak: number
  candidates: number
  first: number | null
  last: number | null
}

/** Fewer numbers than these say nothing of chance. */
const fewest = 20

export function tallyOf(context: Context): Tally {
  const counts = new Map<string, Count>()
  const countOf = (detector: string): Count => {
    const known = counts.get(detector)
    if (known !== undefined) return known
    const fresh: Count = {
      sure: { high: 0, medium: 0, low: 0 },
      weak: 0,
      candidates: 0,
      first: null,
      last: null,
    }
    counts.set(detector, fresh)
    return fresh
  }
  const candidates = {
    candidate({ id }: { readonly id: string }) {
      countOf(id).candidates += 1
    },
  }
  let values = 0
  let encrypted = 0
  let binary = 0
  return {
    add(given, line = null) {
      values += 1
      if (isEncrypted(given)) {
        encrypted += 1
        return
      }
      const value = typeof given === 'string' ? given : textOf(given)
      if (value === null) {
        binary += 1
        return
      }
      const told = new Set<string>()
      for (const { detector, confidence, weak } of look(value, context, candidates)) {
        if (told.has(detector)) continue
        told.add(detector)
        const count = countOf(detector)
        if (weak) count.weak += 1
        else count.sure[confidence] += 1
        count.first ??= line
        count.last = line ?? count.last
      }
    },
    get values() {
      return values
    },
    get encrypted() {
      return encrypted
    },
    get binary() {
      return binary
    },
    found: () => [...counts].flatMap(([detector, count]) => foundOf(detector, count)),
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** Null for bytes that are not UTF-8, or hold a NUL. */
function textOf(bytes: Uint8Array): string | null {
  if (bytes.includes(0)) return null
  try {
    return utf8.decode(bytes)
  } catch {
    return null
  }
}

const surest = ['high', 'medium', 'low'] as const

function foundOf(detector: string, { sure, weak, candidates, first, last }: Count): Found[] {
  const { kind, chance } = detectorOf(detector)
  const lines = first === null || last === null ? null : ([first, last] as const)
  const isChance = weak > 0 && chance !== undefined && mayBeChance(weak, candidates, chance)
  const counted = {
    ...sure,
    medium: sure.medium + (isChance ? 0 : weak),
    low: sure.low + (isChance ? weak : 0),
  }
  const judged = counted.high + counted.medium
  if (judged > 0) {
    const confidence = surest.find((one) => counted[one] > 0) ?? 'medium'
    return [{ detector, kind, count: judged, confidence, lines }]
  }
  return counted.low === 0 ? [] : [{ detector, kind, count: counted.low, confidence: 'low', lines }]
}

/**
 * Whether as many of a column's numbers would have fitting control digits if they were numbers of another kind, such as
 * order numbers: no more than three standard deviations above the mean of a binomial distribution.
 */
export function mayBeChance(fitting: number, candidates: number, chance: number): boolean {
  if (candidates < fewest) return false
  const mean = candidates * chance
  return fitting <= mean + 3 * Math.sqrt(mean * (1 - chance))
}
