import { getTableColumns, inArray, type SQL, sql } from 'drizzle-orm'
import { customType, getTableConfig, type PgColumn, PgCustomColumn, type PgTable } from 'drizzle-orm/pg-core'
import type { Columns } from '../columns.ts'
import type { Stored } from '../envelope/envelope.ts'
import { ColumnsError } from '../errors.ts'
import { withFreshKeys } from '../fresh-keys.ts'
import type { EncryptedTable } from '../table.ts'
import { Sealed } from './sealed.ts'

export { Sealed } from './sealed.ts'

const text = customType<{ data: Sealed<unknown>; driverData: string }>({
  dataType: () => 'text',
  toDriver: (value) => String(storedOf(value)),
  fromDriver: (stored) => new Sealed(stored),
})

const bytea = customType<{ data: Sealed<unknown>; driverData: Uint8Array }>({
  dataType: () => 'bytea',
  toDriver: (value) => Buffer.from(storedOf(value)),
  fromDriver: (stored) => new Sealed(stored),
})

/** Drizzle gives a type one value at a time and no row: what is not sealed already would go in as plain text. */
function storedOf(value: unknown) {
  if (value instanceof Sealed) return value.stored
  throw new ColumnsError('not-sealed', { column: 'a column of type encryptedText or encryptedBytea' })
}

/** A column of a `pgTable` that holds encrypted values of type `T`, as text. */
export function encryptedText<T>(name: string) {
  return text(name).$type<Sealed<T>>()
}

/** The same for `storage: 'bytea'`. */
export function encryptedBytea<T>(name: string) {
  return bytea(name).$type<Sealed<T>>()
}

/** A row whose encrypted columns are plain values. */
export type PlainRow<R> = {
  [K in keyof R]: R[K] extends infer V ? (V extends Sealed<infer T> ? T : V) : never
}

export type EncryptedDrizzle = {
  /** For `values`: encrypted columns sealed, those of their indexes filled. The id must be in the row. */
  seal<T extends PgTable>(table: T, row: PlainRow<T['$inferInsert']>): T['$inferInsert']
  /** For `set`: the same of some columns and the id. */
  sealChanges<T extends PgTable>(
    table: T,
    row: Partial<PlainRow<T['$inferInsert']>>,
  ): Partial<T['$inferInsert']>
  /** Rows as `select` gives them, by the table's keys, opened. The id must be selected. */
  open<R extends object>(table: PgTable, rows: readonly R[]): Promise<PlainRow<R>[]>
  /** A condition for `where`: an encrypted column has this value. */
  equals(column: PgColumn, value: unknown, tenant?: unknown): SQL
}

/** Encrypted columns over Drizzle, for tables whose encrypted columns are `encryptedText` or `encryptedBytea`. */
export function encryptedDrizzle(columns: Columns): EncryptedDrizzle {
  function sealRow(table: PgTable, row: object): Record<string, unknown> {
    const { encrypted, byName, keys } = mapped(columns, table)
    const named = Object.fromEntries(Object.entries(row).map(([key, value]) => [keys.get(key) ?? key, value]))
    return Object.fromEntries(
      Object.entries(encrypted.seal(named)).map(([name, value]) => [
        byName.get(name) ?? name,
        encrypted.columns.has(name) && isStored(value) ? new Sealed(value) : value,
      ]),
    )
  }

  function openRow(table: PgTable, row: object): Record<string, unknown> {
    const { encrypted, byName, keys } = mapped(columns, table)
    const named = Object.entries(row).map(([key, value]) => [
      keys.get(key) ?? key,
      value instanceof Sealed ? value.stored : value,
    ])
    return Object.fromEntries(
      Object.entries(encrypted.open(Object.fromEntries(named))).map(([name, value]) => [
        byName.get(name) ?? name,
        value,
      ]),
    )
  }

  return {
    seal: (table, row) => sealRow(table, row) as (typeof table)['$inferInsert'],
    sealChanges: (table, row) => sealRow(table, row) as Partial<(typeof table)['$inferInsert']>,
    open: <R extends object>(table: PgTable, rows: readonly R[]) =>
      withFreshKeys(columns, () => rows.map((row) => openRow(table, row) as PlainRow<R>)),
    equals(column, value, tenant) {
      const { encrypted, byName } = mapped(columns, column.table)
      const found = encrypted.find(column.name, value as never, tenant)
      const index = getTableColumns(column.table)[byName.get(found.column) ?? '']
      if (index === undefined)
        throw new ColumnsError('declaration-wrong', {
          where: `${encrypted.declared.name}.${column.name}`,
          what: `the Drizzle table lacks its index column ${found.column}`,
        })
      const indexed = inArray(index, [...found.terms])
      return found.plain === null ? indexed : sql`(${indexed} or ${column} = ${found.plain.value})`
    },
  }
}

type Mapped = {
  readonly encrypted: EncryptedTable
  /** Name in the database by key in the table, and the other way round. */
  readonly keys: ReadonlyMap<string, string>
  readonly byName: ReadonlyMap<string, string>
}

function mapped(columns: Columns, table: PgTable): Mapped {
  const { schema, name } = getTableConfig(table)
  const encrypted = columns.table(schema === undefined ? name : `${schema}.${name}`)
  const own = Object.entries(getTableColumns(table))
  const open = own.find(
    ([, column]) => encrypted.columns.has(column.name) && !(column instanceof PgCustomColumn),
  )
  if (open !== undefined)
    throw new ColumnsError('declaration-wrong', {
      where: `${name}.${open[1].name}`,
      what: 'in the Drizzle table it must be encryptedText or encryptedBytea, so that plain text cannot go in',
    })
  return {
    encrypted,
    keys: new Map(own.map(([key, column]) => [key, column.name])),
    byName: new Map(own.map(([key, column]) => [column.name, key])),
  }
}

function isStored(value: unknown): value is Stored {
  return typeof value === 'string' || value instanceof Uint8Array
}
