import { type Queryable, quotedTable } from '../database.ts'
import type { Table } from '../declare.ts'
import { ColumnsError } from '../errors.ts'

/** What the database says of a declared table: SQL types of the id's parts, and how many rows it may have. */
export type TableShape = { readonly idTypes: readonly string[]; readonly estimate: number }

/** Types whose text is the id, whatever the driver makes of it. */
const ID_TYPES = /^(uuid|text|smallint|integer|bigint|character varying(\(\d+\))?)$/

/**
 * Rejects unless the id is a unique, non-null key and every column can hold what is written there: `id-not-unique`,
 * `column-unfit`, `table-unknown`.
 */
export async function tableShape(database: Queryable, table: Table): Promise<TableShape> {
  const relation = quotedTable(table.name)
  const { rows } = await database.query(
    `select attname::text as name, format_type(atttypid, atttypmod) as type
     from pg_attribute where attrelid = to_regclass($1) and attnum > 0 and not attisdropped`,
    [relation],
  )
  const types = new Map(rows.map(({ name, type }) => [String(name), String(type)]))
  if (types.size === 0) throw new ColumnsError('table-unknown', { table: table.name })
  const must = (column: string, wanted: string) => {
    const found = types.get(column) ?? 'missing'
    if (found !== wanted)
      throw new ColumnsError('column-unfit', { column: `${table.name}.${column}`, found, wanted })
  }
  for (const { name, storage, index } of table.columns) {
    must(name, storage)
    if (index !== undefined) must(index.column, 'text')
    if (index?.rotateInto !== undefined) must(index.rotateInto, 'text')
  }
  const idTypes = table.id.map((part) => types.get(part) ?? '')
  const odd = idTypes.findIndex((type) => type !== '' && !ID_TYPES.test(type))
  if (odd >= 0)
    throw new ColumnsError('column-unfit', {
      column: `${table.name}.${table.id[odd]}`,
      found: idTypes[odd] ?? '',
      wanted: 'uuid, text or an integer',
    })
  if (!(await isUnique(database, relation, table.id)) || idTypes.includes(''))
    throw new ColumnsError('id-not-unique', { table: table.name, id: table.id.join(', ') })
  const counted = await database.query(
    'select greatest(reltuples, 0) as rows from pg_class where oid = to_regclass($1)',
    [relation],
  )
  return { idTypes, estimate: Number(counted.rows[0]?.rows ?? 0) }
}

/** A valid unique index over exactly these columns, none of which may be null. */
async function isUnique(database: Queryable, relation: string, id: readonly string[]): Promise<boolean> {
  const { rows } = await database.query(
    `select from pg_index where indrelid = to_regclass($1) and indisunique and indisvalid and indpred is null
       and (select array_agg(attname::text order by attname::text) from unnest(indkey[0:indnkeyatts - 1]) as key (number)
            left join pg_attribute on attrelid = indrelid and attnum = number where number = 0 or attnotnull)
         = (select array_agg(name order by name) from unnest($2::text[]) as wanted (name))`,
    [relation, id],
  )
  return rows.length > 0
}
