/**
 * Reads something for many who ask at the same time: whoever asks gets the answer of a reading that began after they asked,
 * never of one that was under way. So what was changed and acknowledged before is always seen, and a hundred callers cost one
 * reading.
 */
export function sharedReading<T>(read: () => Promise<T>): () => Promise<T> {
  let underWay: Promise<unknown> | null = null
  let next: Promise<T> | null = null
  const begin = (): Promise<T> => {
    next = null
    const reading = read()
    const settled = reading.then(
      () => undefined,
      () => undefined,
    )
    underWay = settled
    void settled.then(() => {
      if (underWay === settled) underWay = null
    })
    return reading
  }
  return () => {
    if (underWay === null) return begin()
    next ??= underWay.then(begin)
    return next
  }
}
