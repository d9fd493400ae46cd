import { type Queryable, quoted, quotedTable } from '../database.ts'
import type { Stored } from '../envelope/envelope.ts'
import type { EncryptedTable } from '../table.ts'
import { ownColumns, type StoredRow } from './plan.ts'

export type Change = { readonly row: StoredRow; readonly next: { readonly [column: string]: Stored | null } }

/** The three statements over an application's table. Every value goes as a parameter, every name quoted. */
export type Statements = {
  /** The next rows after a row's id, in the order of the id, not locked. */
  range(database: Queryable, after: readonly string[] | null, limit: number): Promise<StoredRow[]>
  /** Those of the rows that nobody else holds, locked until the transaction ends, as they are now. Never waits. */
  lock(database: Queryable, rows: readonly StoredRow[]): Promise<StoredRow[]>
  /** Writes what is to stand where what was read still stands. Returns how many rows that were. */
  replace(database: Queryable, changes: readonly Change[]): Promise<number>
}

/** `idTypes`: the SQL types of the id's parts (`tableShape`). */
export function statements(table: EncryptedTable, idTypes: readonly string[]): Statements {
  const { declared } = table
  const relation = quotedTable(declared.name)
  const own = ownColumns(table)
  const ids = declared.id.map((part) => `t.${quoted(part)}`)
  const selected = [
    ...ids.map((id, at) => `${id}::text as "id ${at}"`),
    ...(declared.tenant === undefined ? [] : [`t.${quoted(declared.tenant)}::text as "tenant"`]),
    ...own.map(({ name }, at) => `t.${quoted(name)} as "own ${at}"`),
  ].join(', ')
  const keys = idTypes.map((_, at) => `g.k${at}`)
  const given = (first: number) => idTypes.map((_, at) => `$${first + at}::text[]`)
  const same = ids.map((id, at) => `${id} = ${keys[at]}::${idTypes[at]}`).join(' and ')

  function read(row: Record<string, unknown>): StoredRow {
    const id = declared.id.map((_, at) => String(row[`id ${at}`]))
    const tenant = typeof row.tenant === 'string' ? row.tenant : null
    const parts = Object.fromEntries(declared.id.map((part, at) => [part, id[at] ?? null]))
    return {
      id,
      place: declared.tenant === undefined ? parts : { ...parts, [declared.tenant]: tenant },
      held: Object.fromEntries(own.map(({ name }, at) => [name, stored(row[`own ${at}`])])),
    }
  }
  const idsOf = (rows: readonly StoredRow[]) => declared.id.map((_, at) => rows.map(({ id }) => id[at]))

  return {
    async range(database, after, limit) {
      const from = idTypes.map((type, at) => `$${at + 2}::${type}`).join(', ')
      const where = after === null ? '' : `where (${ids.join(', ')}) > (${from})`
      const { rows } = await database.query(
        `select ${selected} from ${relation} t ${where} order by ${ids.join(', ')} limit $1`,
        [limit, ...(after ?? [])],
      )
      return rows.map(read)
    },
    async lock(database, wanted) {
      const { rows } = await database.query(
        `select ${selected} from unnest(${given(1).join(', ')}) as g (${keys.map((key) => key.slice(2)).join(', ')})
         join ${relation} t on ${same} for no key update of t skip locked`,
        idsOf(wanted),
      )
      return rows.map(read)
    },
    async replace(database, changes) {
      const columns = own.map(({ name, type }, at) => ({ column: quoted(name), type, at }))
      const first = ids.length + 1
      const olds = columns.map(({ type, at }) => `$${first + at}::${type}[]`)
      const news = columns.map(({ type, at }) => `$${first + columns.length + at}::${type}[]`)
      const names = [
        ...keys.map((key) => key.slice(2)),
        ...columns.map(({ at }) => `o${at}`),
        ...columns.map(({ at }) => `n${at}`),
      ]
      const { rows } = await database.query(
        `update ${relation} t set ${columns.map(({ column, at }) => `${column} = g.n${at}`).join(', ')}
         from unnest(${[...given(1), ...olds, ...news].join(', ')}) as g (${names.join(', ')})
         where ${same} and ${columns.map(({ column, at }) => `t.${column} is not distinct from g.o${at}`).join(' and ')}
         returning 1 as replaced`,
        [
          ...idsOf(changes.map(({ row }) => row)),
          ...own.map(({ name }) => changes.map(({ row }) => row.held[name] ?? null)),
          ...own.map(({ name }) => changes.map(({ next }) => next[name] ?? null)),
        ],
      )
      return rows.length
    },
  }
}

function stored(value: unknown): Stored | null {
  return typeof value === 'string' || value instanceof Uint8Array ? value : null
}
