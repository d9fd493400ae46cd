/** A value that a sentence states, and the words it takes: `from` up to and without `to`. */
export type Quantity = {
  readonly kind: 'duration' | 'frequency' | 'percent' | 'version' | 'number'
  /** ISO 8601 duration, number or version; null where it cannot be read with certainty. */
  readonly value: string | number | null
  /** Why it cannot. */
  readonly unsure: Unsure | null
  /** Whether “within”, “no later than” or the like stands before it. */
  readonly deadline: boolean
  readonly from: number
  readonly to: number
}

/**
 * `business-days`: not calendar days. `range`: two values. `ambiguous`: a word that means two things, such as
 * biannual. `not-whole`: no whole unit. `bare-version`: does not say that newer ones count too.
 */
export type Unsure = 'business-days' | 'range' | 'ambiguous' | 'not-whole' | 'bare-version'
