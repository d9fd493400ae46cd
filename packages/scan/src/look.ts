import type { Confidence, Context, Detector, Kind } from './detector.ts'
import { detectors } from './detectors.ts'

/** A find in one value. What was found stands in the value alone. */
export type Find = {
  readonly detector: string
  readonly kind: Kind
  readonly confidence: Confidence
  /** Code units of the value. */
  readonly start: number
  readonly end: number
  /** Whether a control digit alone speaks for it. */
  readonly weak: boolean
}

/** Told of numbers that control digits were asked of. */
export type Candidates = { candidate(detector: Detector): void }

const nobody: Candidates = { candidate: () => {} }
const nothing: readonly Find[] = []

/** One of the texts that detectors wait for: most values have none of them, and are done with one look. */
const anyAwaited = new RegExp(
  [...new Set(detectors.flatMap(({ when }) => when.text ?? []))]
    .map((part) => part.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
    .join('|'),
)

/** What a text holds. Two finds never share a character: the most particular detector keeps it. */
export function look(text: string, context: Context, candidates: Candidates = nobody): readonly Find[] {
  if (text.length < 4) return nothing
  const lower = inSmallLetters(text)
  const digits = digitsInARow(text)
  const isAwaited = anyAwaited.test(lower)
  if (!isAwaited && digits < 8 && context.topics.size === 0) return nothing
  const finds: Find[] = []
  for (const detector of detectors) {
    if (!isWorthwhile(detector.when, lower, isAwaited, digits, context)) continue
    detector.look(text, lower, context, {
      found(start, end, confidence, weak = false) {
        if (finds.some((one) => start < one.end && one.start < end)) return
        finds.push({ detector: detector.id, kind: detector.kind, confidence, start, end, weak })
      },
      candidate: () => candidates.candidate(detector),
    })
  }
  return finds
}

function isWorthwhile(
  when: Detector['when'],
  lower: string,
  isAwaited: boolean,
  digits: number,
  { topics }: Context,
): boolean {
  if (when.digits !== undefined && digits >= when.digits) return true
  if (isAwaited && when.text?.some((part) => lower.includes(part)) === true) return true
  return topics.size > 0 && when.topics?.some((topic) => topics.has(topic)) === true
}

/** Most digits in a row, when single spaces, dots, hyphens and parentheses between them are left out. */
function digitsInARow(text: string): number {
  let most = 0
  let count = 0
  let separators = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code >= 48 && code <= 57) {
      count += 1
      separators = 0
      if (count > most) most = count
    } else if (count > 0) {
      separators += 1
      const isSeparator = code === 32 || code === 46 || code === 45 || code === 40 || code === 41
      if (!isSeparator || separators > 2) count = 0
    }
  }
  return most
}

/** A few letters become longer as small ones (İ); the positions of both texts must be the same. */
function inSmallLetters(text: string): string {
  const lower = text.toLowerCase()
  return lower.length === text.length
    ? lower
    : Array.from(text, (character) => {
        const small = character.toLowerCase()
        return small.length === character.length ? small : character
      }).join('')
}
