import { type Normaliser, type NormaliserName, normalisers } from './blind-index/normalise.ts'
import type { Storage } from './envelope/envelope.ts'
import { ColumnsError } from './errors.ts'
import { codecs, type ValueType } from './value/codec.ts'

/** One encrypted column. */
export type ColumnDeclaration = {
  readonly type: ValueType
  /** What the column is in the database; `text` if not given. */
  readonly storage?: Storage
  /** Where equal values can be found; without it the column cannot be searched. */
  readonly index?: IndexDeclaration
  /** Values under older data keys are refused, whatever the keyring says: who writes to the database cannot lower it. */
  readonly minimum?: number
  /** The column's first name, if it was renamed: values stay bound to that. */
  readonly boundAs?: string
}

export type IndexDeclaration = {
  /** The text column that holds the terms. */
  readonly column: string
  /** For `string`; `exact` if not given. */
  readonly normalise?: NormaliserName | Normaliser
  /**
   * Length of a term, 8 to 256; 128 if not given. Below 64 rows with other values are found too, on purpose: such an
   * index tells less of a column with few values, and only `candidates` searches it.
   */
  readonly bits?: number
  /**
   * A second text column. Terms of even key versions go there, and both columns are written while the index key is
   * rotated, so that unique constraints on the two hold all the while.
   */
  readonly rotateInto?: string
}

export type TableDeclaration = {
  /** The primary key, known before a row is written and never changed. */
  readonly id: string | readonly string[]
  /** The column that says whose row it is: bound into each value and each term. */
  readonly tenant?: string
  readonly columns: { readonly [column: string]: ColumnDeclaration }
  /** The table's first name, if it was renamed. */
  readonly boundAs?: string
}

/** By the name of the table in the database, `schema.table` where the search path does not find it. */
export type Tables = { readonly [table: string]: TableDeclaration }

/** Below this many bits different values meet by chance. */
export const SELECTIVE_BITS = 64
const DEFAULT_BITS = 128

export type Index = {
  readonly column: string
  readonly rotateInto: string | undefined
  readonly bits: number
  readonly normaliser: Normaliser
  /** What the terms were made with; kept beside each index key. */
  readonly shape: string
}

export type Column = {
  readonly name: string
  /** `table.column`, for messages. */
  readonly path: string
  /** What the keyring calls it. */
  readonly scope: string
  readonly boundTable: string
  readonly boundColumn: string
  readonly type: ValueType
  readonly storage: Storage
  readonly minimum: number
  readonly index: Index | undefined
}

export type Table = {
  readonly name: string
  readonly id: readonly string[]
  readonly tenant: string | undefined
  readonly columns: readonly Column[]
}

/** Checks declarations and fills in what they left out. Throws `declaration-wrong`. */
export function readTables(tables: Tables): Table[] {
  const read = Object.entries(tables).map(([name, declared]) => readTable(name, declared))
  const scopes = read.flatMap(({ columns }) => columns.map(({ scope }) => scope))
  const twice = scopes.find((scope, at) => scopes.indexOf(scope) !== at)
  if (twice !== undefined) throw wrong(twice, 'two columns are bound as this one')
  return read
}

function readTable(name: string, declared: TableDeclaration): Table {
  const id = typeof declared.id === 'string' ? [declared.id] : [...declared.id]
  if (id.length === 0) throw wrong(name, 'it names no id')
  const columns = Object.entries(declared.columns).map(([column, each]) =>
    readColumn(name, declared.boundAs ?? name, column, each),
  )
  const written = columns.flatMap(({ name: own, index }) =>
    index === undefined
      ? [own]
      : [own, index.column, ...(index.rotateInto === undefined ? [] : [index.rotateInto])],
  )
  const clear = [...id, ...(declared.tenant === undefined ? [] : [declared.tenant])]
  const twice = [...written, ...clear].find((each, at, all) => all.indexOf(each) !== at)
  if (twice !== undefined) throw wrong(`${name}.${twice}`, 'the column has two uses')
  return { name, id, tenant: declared.tenant, columns }
}

function readColumn(table: string, boundTable: string, name: string, declared: ColumnDeclaration): Column {
  const { type, storage = 'text', minimum = 1, boundAs: boundColumn = name } = declared
  const path = `${table}.${name}`
  if (!Object.hasOwn(codecs, type)) throw wrong(path, `there is no type ${type}`)
  if (storage !== 'text' && storage !== 'bytea') throw wrong(path, 'storage is text or bytea')
  if (!Number.isSafeInteger(minimum) || minimum < 1) throw wrong(path, 'minimum is a key version, from 1')
  const index = declared.index === undefined ? undefined : readIndex(path, type, declared.index)
  const scope = `${boundTable}.${boundColumn}`
  return { name, path, scope, boundTable, boundColumn, type, storage, minimum, index }
}

function readIndex(path: string, type: ValueType, declared: IndexDeclaration): Index {
  const { column, rotateInto, bits = DEFAULT_BITS, normalise = 'exact' } = declared
  const normaliser = typeof normalise === 'string' ? normalisers[normalise] : normalise
  if (normaliser === undefined) throw wrong(path, `there is no normaliser ${normalise}`)
  if (type === 'json') throw wrong(path, 'json has no one way of being written, so it cannot be indexed')
  if (type !== 'string' && normaliser.name !== 'exact') throw wrong(path, 'only strings are normalised')
  if (!Number.isInteger(bits) || bits < 8 || bits > 256) throw wrong(path, 'bits are from 8 to 256')
  return { column, rotateInto, bits, normaliser, shape: `${normaliser.name}/${bits}` }
}

function wrong(where: string, what: string): ColumnsError {
  return new ColumnsError('declaration-wrong', { where, what })
}
