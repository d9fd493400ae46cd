import { ColumnsError } from '../errors.ts'

/** An object of Prisma's query language, as opposed to a value such as a `Date` or `Uint8Array`. */
export type Plain = { readonly [key: string]: unknown }

/** Of any realm: some test runners and servers run code in another one than the library's. */
export function isPlain(value: unknown): value is Plain {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

/** What Prisma takes for not given: `undefined`, and `Prisma.skip`. */
export function isAbsent(value: unknown): boolean {
  return (
    value === undefined ||
    (typeof value === 'object' &&
      value !== null &&
      'ifUndefined' in value &&
      typeof value.ifUndefined === 'function')
  )
}

/** `Prisma.DbNull` and its like, which as JSON would read `{}`. */
export function isSymbolic(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && '_getName' in value && typeof value._getName === 'function'
  )
}

/** A field in the place of a value, as `prisma.customer.fields.email` is one. */
export function isReference(value: unknown): value is { readonly modelName: string; readonly name: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    !isPlain(value) &&
    'modelName' in value &&
    typeof value.modelName === 'string' &&
    'name' in value &&
    typeof value.name === 'string'
  )
}

/** The keys that are given. */
export function given(value: Plain): string[] {
  return Object.keys(value).filter((key) => !isAbsent(value[key]))
}

/** One or several, as Prisma lets many arguments be written. */
export function each(value: unknown, change: (one: unknown) => unknown): unknown {
  return Array.isArray(value) ? value.map(change) : change(value)
}

export function list(value: unknown): readonly unknown[] {
  if (isAbsent(value)) return []
  return Array.isArray(value) ? value : [value]
}

export function notTranslatable(what: string): ColumnsError {
  return new ColumnsError('not-translatable', { what })
}

/** `how` is the place of the query that names the field, `Model.field`. */
export function notSearchable(field: string, how: string): ColumnsError {
  return new ColumnsError('not-searchable', { column: field, how })
}
