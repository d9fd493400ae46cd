import type { Instant } from '@hevd/core'
import { type RawBuilder, sql } from 'kysely'
import { instantText } from './instant.ts'

/** The column types that {@link columns} can carry. */
export type ColumnTypeName =
  | 'text'
  | 'uuid'
  | 'boolean'
  | 'integer'
  | 'bigint'
  | 'double precision'
  | 'timestamptz'
  | 'date'
  | 'jsonb'
  | 'bytea'

/** The JavaScript value of a column: instants as numbers, `jsonb` as any JSON value. */
type ValueOf<T extends ColumnTypeName> = T extends 'text' | 'uuid' | 'date'
  ? string
  : T extends 'boolean'
    ? boolean
    : T extends 'timestamptz'
      ? Instant
      : T extends 'jsonb'
        ? unknown
        : T extends 'bytea'
          ? Uint8Array
          : number

type RowOf<T extends Record<string, ColumnTypeName>> = { [K in keyof T]: ValueOf<T[K]> | null }

function parameter(type: ColumnTypeName, value: unknown): unknown {
  if (value === null || value === undefined) return null
  if (type === 'timestamptz' && typeof value === 'number') return instantText(value)
  if (type === 'jsonb') return JSON.stringify(value)
  if (type === 'bytea' && value instanceof Uint8Array) return Buffer.from(value)
  return value
}

/**
 * Many rows as one `unnest` over one array per column: one statement, one round trip, a plan that is the
 * same for one row and for a thousand. Columns come in the order of `types`:
 * ```ts
 * sql`insert into feeds.fact (organisation, key, value) select * from ${columns(rows, { organisation: 'uuid', key: 'text', value: 'jsonb' })}`
 * sql`update t set n = r.n from ${columns(rows, { id: 'uuid', n: 'integer' })} as r (id, n) where t.id = r.id`
 * ```
 * A missing or null `jsonb` is SQL null, not JSON null.
 */
export function columns<T extends Record<string, ColumnTypeName>>(
  rows: readonly RowOf<T>[],
  types: T,
): RawBuilder<unknown> {
  const arrays = Object.entries(types).map(([name, type]) => {
    const values = rows.map((row) => parameter(type, row[name]))
    return sql`${values}::${sql.raw(type)}[]`
  })
  return sql`unnest(${sql.join(arrays)})`
}
