import type { FactType, Lookup } from './fact.ts'
import type { Bilingual } from './wording.ts'

/** What a population says of itself to a reader. */
export type PopulationAbout = {
  readonly title: Bilingual
  /** Where the list comes from and why it is believed to be all of them. */
  readonly source: Bilingual
  /** The independent list it is reconciled with; null reads "of those known". */
  readonly reconciledWith: Bilingual | null
  /** Whether the policy says that none at all is fine; otherwise an empty population is `unknown`. */
  readonly noneIsFine: boolean
}

/**
 * The list of subjects a control speaks of: the distinct values of one look-up of one fact type. Every
 * subject is thus found, counted and woken like any other fact. Values given to its methods were
 * parsed by their fact type when they were recorded.
 */
export type Population<Subject = unknown> = PopulationAbout & {
  /** What one is called in data: `host`, `account`, `public-key`. */
  readonly kind: string
  readonly type: string
  readonly by: string
  /**
   * The look-up whose `unseen` tells whether the list itself was seen whole; it finds no facts. While it was not, there may
   * be subjects that nobody knows of, so nothing about all of them holds (see `stateOf`).
   */
  readonly whole: Lookup
  /** Ids of the subjects that a fact of the type belongs to. */
  idsOf(value: unknown): readonly string[]
  /** The look-up that finds the subject's own facts; `values` are those already found, at least one. */
  self(id: string, values: readonly [unknown, ...unknown[]]): Lookup
  subject(id: string, values: readonly [unknown, ...unknown[]]): Subject
  label(id: string, values: readonly [unknown, ...unknown[]]): string
  /** Whether the control speaks of this one; `judge` answers `outside` for the others. */
  includes(subject: Subject): boolean
}

/** Several facts that share one thing (a UID, a public key); the shared thing is the subject. */
export type Shared<Value> = { readonly id: string; readonly members: readonly [Value, ...Value[]] }

/** Every fact of a type is a subject: every host, every account. */
export function each<Value>(
  type: FactType<Value>,
  about: PopulationAbout & { readonly where?: (value: Value) => boolean },
): Population<Value> {
  const { where, ...rest } = about
  return {
    ...rest,
    kind: type.name,
    type: type.name,
    by: 'byKey',
    whole: wholeOf(type, 'byKey'),
    idsOf: (value: Value) => [type.key(value)],
    self: (id, [value]: readonly [Value, ...Value[]]) => ({
      type: type.name,
      by: 'byKey',
      value: id,
      scope: type.scope(value),
    }),
    subject: (_id, [value]: readonly [Value, ...Value[]]) => value,
    label: (_id, [value]: readonly [Value, ...Value[]]) => type.label(value),
    includes: where ?? (() => true),
  }
}

/** Everything that several facts of a type may share, found by the look-up `by`; called by its id where nothing better is given. */
export function sharing<Value>(
  kind: string,
  type: FactType<Value>,
  by: string,
  about: PopulationAbout & {
    readonly where?: (shared: Shared<Value>) => boolean
    readonly called?: (shared: Shared<Value>) => string
  },
): Population<Shared<Value>> {
  const { where, called = ({ id }) => id, ...rest } = about
  const rule = type.lookups[by]
  if (rule === undefined) throw new RangeError(`Fact type ${type.name} has no look-up ${by}`)
  return {
    ...rest,
    kind,
    type: type.name,
    by,
    whole: wholeOf(type, by),
    idsOf: (value: Value) => rule.values(value),
    self: (id) => ({ type: type.name, by, value: id, scope: rule.scopeOf(id) }),
    subject: (id, members: readonly [Value, ...Value[]]) => ({ id, members }),
    label: (id, members: readonly [Value, ...Value[]]) => called({ id, members }),
    includes: where ?? (() => true),
  }
}

function wholeOf({ name, everywhere }: Pick<FactType, 'name' | 'everywhere'>, by: string): Lookup {
  return { type: name, by, value: '', scope: everywhere }
}
