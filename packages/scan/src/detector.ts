/** What a find is, for whoever must act on it. */
export const kinds = ['secret', 'card', 'national-id', 'bank-account', 'iban', 'email', 'phone'] as const
export type Kind = (typeof kinds)[number]

/**
 * How sure a find is. `high`: its own form or control digits cannot well be anything else. `medium`: the form fits, and the
 * words around it say so. `low`: it may well be something else; shown, never judged by.
 */
export type Confidence = 'high' | 'medium' | 'low'

/** What a number or a text is said to be by the name of its column or the words before it. */
export type Topic =
  | 'card'
  | 'national-id'
  | 'bank-account'
  | 'phone'
  | 'secret'
  | 'password'
  | 'other-number'
  | 'aws'
  | 'twilio'

/** What is known of a value before it is looked at: see `contextOf`. */
export type Context = {
  /** What the name of its column says it is. */
  readonly topics: ReadonlySet<Topic>
  /** Whether it comes from a column of numbers, which have lost their leading zeros. */
  readonly numeric: boolean
}

/** Told of what a detector sees in one value; positions count UTF-16 code units. */
export type Seen = {
  /**
   * A find.
   *
   * @param weak a control digit alone speaks for it, which numbers of another kind can have by chance
   */
  found(start: number, end: number, confidence: Confidence, weak?: boolean): void
  /** A number of the form that the control digits were asked of, whether they fit or not. */
  candidate(): void
}

/** One kind of sensitive value, and how it is known. */
export type Detector = {
  /** Its name in reports: `github-token`. */
  readonly id: string
  readonly kind: Kind
  readonly title: { readonly nb: string; readonly en: string }
  /** Why it is believed, for whoever doubts a find. */
  readonly because: string
  /** When it is worth looking at all; any one of the three. */
  readonly when: {
    /** The text has one of these, in small letters. */
    readonly text?: readonly string[]
    /** The column's name says one of these. */
    readonly topics?: readonly Topic[]
    /** The text has as many digits in a row, single spaces, dots, hyphens and parentheses between them left out. */
    readonly digits?: number
  }
  /** Expressions it uses. Each is linear by construction: every repetition is bounded, and none stands inside another. */
  readonly patterns: readonly RegExp[]
  /** How often digits of the form have fitting control digits by chance. */
  readonly chance?: number
  /** @param lower `text` in small letters, as long as it */
  look(text: string, lower: string, context: Context, seen: Seen): void
}
