/**
 * The largest share of `of` units that may hold a find although none of `looked` did, at a confidence: what a sample
 * without a find leaves open. Exact for units drawn at random without putting back (hypergeometric); for an unknown or
 * endless whole, `1 - (1 - confidence)^(1/looked)`, which is nearly 3/looked at 95 %: the “rule of three” (J. A. Hanley
 * and A. Lippman-Hand, “If nothing goes wrong, is everything all right?”, JAMA 249, 1983). Whoever looked at all of it
 * leaves nothing open, and whoever looked at nothing leaves all of it.
 *
 * @param of how many units there are; null where nobody knows
 */
export function openShare(looked: number, of: number | null, confidence = 0.95): number {
  if (looked <= 0) return 1
  const alpha = 1 - confidence
  if (of === null) return 1 - alpha ** (1 / looked)
  if (looked >= of) return 0
  let low = 0
  let high = of - looked
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (noneSeen(middle, looked, of, alpha)) low = middle
    else high = middle - 1
  }
  return low / of
}

/** Whether it is likelier than `alpha` that `looked` of `of` units hold none of `marked`: C(of-marked, looked) / C(of, looked). */
function noneSeen(marked: number, looked: number, of: number, alpha: number): boolean {
  const [few, many] = marked < looked ? [marked, looked] : [looked, marked]
  const limit = Math.log(alpha)
  let logarithm = 0
  for (let i = 0; i < few; i += 1) {
    logarithm += Math.log((of - many - i) / (of - i))
    if (logarithm < limit) return false
  }
  return true
}

/** `count` different numbers from 0 to `of - 1` in order, every choice as likely as another (R. W. Floyd, 1987). */
export function drawn(count: number, of: number, randomBelow: (limit: number) => number): number[] {
  const chosen = new Set<number>()
  for (let last = of - Math.min(count, of); last < of; last += 1) {
    const one = randomBelow(last + 1)
    chosen.add(chosen.has(one) ? last : one)
  }
  return [...chosen].sort((a, b) => a - b)
}
