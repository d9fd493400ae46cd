import type { FactType, Lookup, LookupRule } from '@hevd/core'
import type { z } from 'zod'

type Values = string | readonly string[] | null

type Declaration<Schema extends z.ZodType, By extends string> = {
  readonly value: Schema
  key(value: z.infer<Schema>): string
  /** Look-up that names the part of the world one feed can be complete about; absent for a register. */
  readonly scope?: NoInfer<By>
  /** Look-ups whose values are the scope, a slash and a name, so that one feed can answer them too. */
  readonly beneath?: readonly NoInfer<By>[]
  /** What a reader calls it; the key where absent. */
  label?(value: z.infer<Schema>): string
  readonly lookups: { readonly [Name in By]: (value: z.infer<Schema>) => Values }
}

/** A fact type whose look-ups are its methods: `listeningSockets.ofHost(host.id)`. */
export type DeclaredFacts<Value, By extends string, Name extends string = string> = FactType<Value> & {
  readonly name: Name
} & {
  readonly [Name in By | 'byKey']: (value: string) => Lookup<Value>
}

/** Value of a declared fact type. */
export type ValueOf<T> = T extends FactType<infer Value> ? Value : never

/**
 * Declares a type of fact. Every type is also found `byKey`. Feeds index stored facts anew when the text of a rule has
 * changed; what a rule calls is not part of it, so a function whose answers change is given another name.
 */
export function facts<const Name extends string, Schema extends z.ZodType, By extends string>(
  name: Name,
  declaration: Declaration<Schema, By>,
): DeclaredFacts<z.infer<Schema>, By, Name> {
  type Value = z.infer<Schema>
  const { scope } = declaration
  const everywhere = scope === undefined ? '-' : null
  const rules: [string, LookupRule<Value>][] = Object.entries<(value: Value) => Values>(
    declaration.lookups,
  ).map(([by, values]) => {
    const narrow = by === scope
    const isBeneath = declaration.beneath?.some((name) => name === by) ?? false
    const scopeOf = (value: string) =>
      narrow ? value : isBeneath ? value.slice(0, value.indexOf('/')) : everywhere
    return [by, { narrow, scopeOf, values: (value) => listOf(values(value)), source: String(values) }]
  })
  rules.push([
    'byKey',
    {
      narrow: false,
      scopeOf: () => everywhere,
      values: (value) => [declaration.key(value)],
      source: String(declaration.key),
    },
  ])
  const type: FactType<Value> & { readonly name: Name } = {
    name,
    parse: (raw) => declaration.value.parse(raw),
    key: declaration.key,
    scope: (value) => (scope === undefined ? '-' : (listOf(declaration.lookups[scope](value))[0] ?? '-')),
    label: declaration.label ?? declaration.key,
    lookups: Object.fromEntries(rules),
    everywhere,
  }
  const methods = rules.map(([by, { scopeOf }]) => [
    by,
    (value: string): Lookup<Value> => ({
      type: name,
      by,
      value,
      scope: scopeOf(value),
    }),
  ])
  return Object.assign(type, Object.fromEntries(methods))
}

function listOf(values: Values): readonly string[] {
  if (values === null) return []
  return typeof values === 'string' ? [values] : values
}
