import type { Columns } from '../columns.ts'
import { ColumnsError } from '../errors.ts'
import { withFreshKeys } from '../fresh-keys.ts'
import type { EncryptedTable } from '../table.ts'

/** As the protocol's row description says it: the object id of the table (0 if none) and the number of the column. */
export type Field = { readonly name: string; readonly tableID: number; readonly columnID: number }

/** By object id of a declared table: its name, and its columns by number. */
export type Sources = ReadonlyMap<
  number,
  { readonly table: string; readonly columns: ReadonlyMap<number, string> }
>

/** Which keys of a result's rows are the columns of one table. */
type Part = { readonly table: EncryptedTable; readonly keys: ReadonlyMap<string, string> }

export async function openRows(
  columns: Columns,
  sources: Sources,
  { rows, fields }: { readonly rows: readonly Record<string, unknown>[]; readonly fields: readonly Field[] },
): Promise<Record<string, unknown>[]> {
  const parts = partsOf(columns, sources, fields)
  return withFreshKeys(columns, () => rows.map((row) => parts.reduce(openPart, row)))
}

function openPart(row: Record<string, unknown>, { table, keys }: Part): Record<string, unknown> {
  const own = Object.fromEntries([...keys].map(([column, key]) => [column, row[key]]))
  const values = table.open(own)
  const result = { ...row }
  for (const column of table.columns.keys()) {
    const key = keys.get(column)
    if (key !== undefined) result[key] = values[column]
  }
  return result
}

function partsOf(columns: Columns, sources: Sources, fields: readonly Field[]): Part[] {
  const found = new Map<number, Map<string, string>>()
  for (const { name, tableID, columnID } of fields) {
    const column = sources.get(tableID)?.columns.get(columnID)
    if (column === undefined) continue
    const keys = found.get(tableID) ?? new Map<string, string>()
    if (keys.has(column)) keys.set(column, AMBIGUOUS)
    else keys.set(column, name)
    found.set(tableID, keys)
  }
  return [...found].flatMap(([relation, keys]) => {
    const table = columns.table(sources.get(relation)?.table ?? '')
    const { id, tenant } = table.declared
    const read = [...table.columns.keys()].filter((column) => keys.has(column))
    if (read.length === 0) return []
    const needed = [...read, ...id, ...(tenant === undefined ? [] : [tenant])]
    const names = fields.map(({ name }) => name)
    const unclear = needed.find((column) => {
      const key = keys.get(column)
      return key === AMBIGUOUS || names.indexOf(key ?? '') !== names.lastIndexOf(key ?? '')
    })
    if (unclear !== undefined)
      throw new ColumnsError('not-translatable', {
        what: `${table.declared.name}.${unclear} is in the result twice, or under a name that another column has too; give each a name of its own, and read a table that is joined with itself in two queries`,
      })
    return [{ table, keys }]
  })
}

/** No name of a column: PostgreSQL allows no zero byte in one. */
const AMBIGUOUS = '\0'
