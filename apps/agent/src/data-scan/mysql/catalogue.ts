import { contextOf } from '@hevd/scan'
import type { Column } from '../columns.ts'
import type { Session } from './session.ts'

export type Table = {
  readonly schema: string
  readonly name: string
  /** The server's estimate. */
  readonly rows: number
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  /** The one column of its primary key, where that is a whole number. */
  readonly key: string | null
}

const own = `('information_schema', 'performance_schema', 'mysql', 'sys')`

export async function databasesOf(session: Session): Promise<string[]> {
  const rows = await session.rows(
    `select schema_name from information_schema.schemata where schema_name not in ${own} order by 1`,
  )
  return rows.map(([name]) => String(name))
}

/** Tables that the account may see at all; the server hides the others. */
export async function tablesOf(session: Session, database: string): Promise<Table[]> {
  const tables = await session.rows(
    `select table_name, coalesce(table_rows, 0) from information_schema.tables
     where table_schema = ? and table_type in ('BASE TABLE', 'SYSTEM VERSIONED') order by 1`,
    [database],
  )
  const columns = await session.rows(
    `select table_name, column_name, data_type, column_key from information_schema.columns
     where table_schema = ? order by table_name, ordinal_position`,
    [database],
  )
  const byTable = Map.groupBy(columns, ([table]) => String(table))
  return tables.map(([name, rows]) => {
    const its = byTable.get(String(name)) ?? []
    const keys = its.filter(([, , , key]) => key === 'PRI')
    const [, key, type] = keys.length === 1 ? (keys[0] ?? []) : []
    return {
      schema: database,
      name: String(name),
      rows: Number(rows),
      columns: its.map(([, column, of]) => ({ name: String(column), type: String(of).toLowerCase() })),
      key: /^(?:small|medium|big|tiny)?int$/.test(String(type)) ? String(key) : null,
    }
  })
}

const harmless = new Set(
  `tinyint smallint mediumint bit float double date time datetime timestamp year enum geometry point linestring polygon
  multipoint multilinestring multipolygon geometrycollection uuid inet4 inet6`.split(/\s+/),
)
const bytes = new Set(['binary', 'varbinary', 'tinyblob', 'blob', 'mediumblob', 'longblob'])
const numbers = new Set(['int', 'bigint', 'decimal'])

function mayHold(name: string, type: string): boolean {
  return type === 'int' ? contextOf(name).topics.has('phone') : !harmless.has(type)
}

export const quoted = (name: string) => `\`${name.replaceAll('`', '``')}\``

/** How a table's columns are read. */
export function readingOf({ schema, name, columns }: Table, longest: number) {
  const wanted = columns.filter((one) => mayHold(one.name, one.type))
  const selected = wanted.map((one) =>
    bytes.has(one.type)
      ? `substring(${quoted(one.name)}, 1, ${longest})`
      : `left(cast(${quoted(one.name)} as char), ${longest})`,
  )
  return {
    from: `${quoted(schema)}.${quoted(name)}`,
    select: selected.join(', '),
    columns: wanted.map((one): Column => ({ name: one.name, numeric: numbers.has(one.type) })),
  }
}
