import type { Instant } from './time.ts'

/**
 * A type of fact: what is seen of the world or recorded in a register.
 *
 * - `key` is unique within the type and the organisation.
 * - `scope` names the part of the world that one feed can be complete about (a host, a server);
 *   a register of the whole organisation has the scope `-`.
 * - `lookups` are the only ways to read facts: each gives the value or values a fact is found by.
 */
export type FactType<Value = unknown> = {
  readonly name: string
  /** Throws on a value that is not of the type. */
  parse(raw: unknown): Value
  key(value: Value): string
  scope(value: Value): string
  /** What a reader calls it. */
  label(value: Value): string
  readonly lookups: Readonly<Record<string, LookupRule<Value>>>
  /** Scope of a look-up that asks for facts wherever they are: null is every scope, `-` the one of a register. */
  readonly everywhere: '-' | null
}

export type LookupRule<Value> = {
  values(value: Value): readonly string[]
  /** The rule as its author wrote it, so that stored facts are indexed anew when it has changed. */
  readonly source: string
  /** The looked-up value is the scope, so one feed can answer it whole. */
  readonly narrow: boolean
  /** The one scope in which the facts of a looked-up value lie; null where they may be in any. */
  scopeOf(value: string): string | null
}

declare const carried: unique symbol

/** A declared, indexed look-up: all facts of `type` whose rule `by` gives `value`. */
export type Lookup<Value = unknown> = {
  readonly type: string
  readonly by: string
  readonly value: string
  /** Scope that must have been looked at: one scope, or null for every scope of the type. */
  readonly scope: string | null
  /** Carries the type of the facts; there is nothing in it. */
  readonly [carried]?: Value
}

/** The form that dependencies and wake-ups are keyed by. */
export function lookupKey(lookup: Lookup): string {
  return `${lookup.type}|${lookup.by}|${lookup.value}`
}

/** All lookups under which a fact is found; what must be woken when it changes. */
export function lookupKeysOf<Value>(type: FactType<Value>, value: Value): string[] {
  return Object.entries(type.lookups).flatMap(([by, rule]) =>
    rule.values(value).map((found) => `${type.name}|${by}|${found}`),
  )
}

/** A fact as it is read: what, who said so, when it was so and when we heard of it. */
export type Fact<Value = unknown> = {
  readonly value: Value
  /** Feed that said it. */
  readonly feed: string
  readonly observedAt: Instant
  readonly recordedAt: Instant
}

/** Why a look-up is not answered whole. `feed` is the feed's name, `right` what the collector lacks. */
export type Unseen =
  | { readonly code: 'never-connected'; readonly type: string }
  | { readonly code: 'silent'; readonly feed: string; readonly since: Instant }
  | { readonly code: 'needs-right'; readonly feed: string; readonly right: string }
  | { readonly code: 'failed'; readonly feed: string; readonly error: string }
  | { readonly code: 'partial'; readonly feed: string; readonly missing: string }

/** An answered look-up. What was seen counts even when `unseen` says that it was not all. */
export type Reading<Value = unknown> = {
  readonly facts: readonly Fact<Value>[]
  /** Empty when everything that should have been looked at was. */
  readonly unseen: readonly Unseen[]
}

/** A whole reading of given values; for tests and for populations' own facts. */
export function seen<Value>(values: readonly Value[], at: Instant = 0): Reading<Value> {
  return {
    facts: values.map((value) => ({ value, feed: 'given', observedAt: at, recordedAt: at })),
    unseen: [],
  }
}

/** Several readings as one. */
export function merged<Value>(readings: readonly Reading<Value>[]): Reading<Value> {
  return { facts: readings.flatMap((r) => r.facts), unseen: readings.flatMap((r) => r.unseen) }
}

/** What a feed says of one part of the world after a run: looked at whole, or not and why. */
export type Coverage = {
  readonly type: string
  readonly scope: string
  readonly state: 'complete' | 'needs-right' | 'failed' | 'partial'
  /** The right, the error or what is missing; empty when complete. */
  readonly detail: string
}
