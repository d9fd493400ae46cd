import type { Search } from '../column.ts'
import type { Columns } from '../columns.ts'
import { type Queryable, quoted, quotedTable } from '../database.ts'
import { ColumnsError } from '../errors.ts'
import type { Row } from '../table.ts'
import { type Field, openRows, type Sources } from './open-rows.ts'

/** What `pg` gives: rows, and of each field the table and column that it comes from. */
export type PgResult = {
  readonly rows: Record<string, unknown>[]
  readonly fields: readonly Field[]
  readonly rowCount: number | null
}
/** A `pg` pool, client or pool client. */
export type PgClient = { query(text: string, values?: unknown[]): Promise<PgResult> }

export type EncryptedPg = {
  /**
   * Runs any statement. Encrypted columns in its result are opened, whatever they are called there; their row's id
   * must be selected with them. Parameters go as they are: seal rows first, or use `insert` and `update`.
   */
  query(text: string, values?: unknown[]): Promise<PgResult>
  /** Inserts one row, sealed. */
  insert(table: string, row: Row): Promise<void>
  /** Updates the row with this id; the rest of `row` are the changes. Returns how many rows there were: 0 or 1. */
  update(table: string, row: Row): Promise<number>
}

/** Encrypted columns over `pg`. Looks up the declared tables in the catalogue. */
export async function encryptedPg(client: PgClient, columns: Columns): Promise<EncryptedPg> {
  const sources = await readSources(client, columns)
  return {
    async query(text, values) {
      const result = await client.query(text, values)
      return { ...result, rows: await openRows(columns, sources, result) }
    },
    async insert(table, row) {
      const sealed = present(columns.table(table).seal(row))
      const names = sealed.map(([name]) => quoted(name)).join(', ')
      await client.query(
        `insert into ${quotedTable(table)} (${names}) values (${sealed.map((_, at) => `$${at + 1}`).join(', ')})`,
        sealed.map(([, value]) => value),
      )
    },
    async update(table, row) {
      const { declared, seal } = columns.table(table)
      const keys = [...declared.id, ...(declared.tenant === undefined ? [] : [declared.tenant])]
      const missing = keys.find((key) => row[key] === undefined || row[key] === null)
      if (missing !== undefined) throw new ColumnsError('row-id-needed', { table, id: keys.join(', ') })
      const changes = present(seal(row)).filter(([name]) => !keys.includes(name))
      const { rowCount } = await client.query(
        `update ${quotedTable(table)} set ${changes.map(([name], at) => `${quoted(name)} = $${keys.length + at + 1}`).join(', ')}
         where ${keys.map((key, at) => `${quoted(key)} = $${at + 1}`).join(' and ')}`,
        [...keys.map((key) => row[key]), ...changes.map(([, value]) => value)],
      )
      return rowCount ?? 0
    },
  }
}

/**
 * A condition for a `where`: `condition(columns.tables.users.find('email', 'kari@example.no'), 1)` is
 * `{ text: '"email_index" = any($1)', values: [[…]] }`. `first` is the number of its first parameter, `alias` the
 * table's name in the statement.
 */
export function condition(
  { column, terms, plain }: Search,
  first: number,
  alias?: string,
): { readonly text: string; readonly values: unknown[] } {
  const of = alias === undefined ? '' : `${quoted(alias)}.`
  const indexed = `${of}${quoted(column)} = any($${first})`
  if (plain === null) return { text: indexed, values: [terms] }
  return {
    text: `(${indexed} or ${of}${quoted(plain.column)} = $${first + 1})`,
    values: [terms, plain.value],
  }
}

function present(row: Record<string, unknown>): [string, unknown][] {
  return Object.entries(row).filter(([, value]) => value !== undefined)
}

async function readSources(client: Queryable, columns: Columns): Promise<Sources> {
  const sources = new Map<number, { table: string; columns: Map<number, string> }>()
  for (const table of Object.keys(columns.tables)) {
    const { rows } = await client.query(
      `select attrelid::int8::text as relation, attnum::text as number, attname::text as name
       from pg_attribute where attrelid = to_regclass($1) and attnum > 0 and not attisdropped`,
      [quotedTable(table)],
    )
    if (rows.length === 0) throw new ColumnsError('table-unknown', { table })
    sources.set(Number(rows[0]?.relation), {
      table,
      columns: new Map(rows.map(({ number, name }) => [Number(number), String(name)])),
    })
  }
  return sources
}
