import { type Cell, type EncryptedColumn, encryptedColumn, type Search } from './column.ts'
import type { ColumnDeclaration, Table, TableDeclaration } from './declare.ts'
import { idText } from './envelope/context.ts'
import { ColumnsError } from './errors.ts'
import type { HeldKeys } from './keys/held-keys.ts'
import type { ValueTypes } from './value/codec.ts'

/** A row as drivers give and take it: values by column name. */
export type Row = { readonly [column: string]: unknown }

type TypeOf<C extends ColumnDeclaration> = ValueTypes[C['type']] | null

/** A row with its encrypted columns opened. */
export type Opened<R extends Row, D extends TableDeclaration> = {
  [K in keyof R]: K extends keyof D['columns'] ? TypeOf<D['columns'][K]> : R[K]
}

/** What may be sealed: declared columns have values of their type. */
export type Plain<D extends TableDeclaration> = {
  readonly [K in keyof D['columns']]?: TypeOf<D['columns'][K]> | undefined
} & Row

/** One table at work. */
export type EncryptedTable<D extends TableDeclaration = TableDeclaration> = {
  readonly declared: Table
  /** By the name of the column. */
  readonly columns: ReadonlyMap<string, EncryptedColumn>
  /** What the values of a row are bound to. Throws `row-id-needed`, `row-id-unfit`, `tenant-needed`. */
  cell(row: Row): Cell
  /**
   * The row as it is stored: declared columns encrypted, the columns of their indexes filled. What the row does not
   * have is left out, so that it can be the changes of an update; it must have the id, and the tenant where one is
   * declared. Throws `row-id-needed`, `tenant-needed`, `value-unfit`.
   */
  seal(row: Plain<D>): Record<string, unknown>
  /** The row with its declared columns opened. Throws and gives nothing if any one does not open. */
  open<R extends Row>(row: R): Opened<R, D>
  /** Where rows with this value are found. `tenant` where the table declares one. */
  find<C extends keyof D['columns'] & string>(
    column: C,
    value: TypeOf<D['columns'][C]>,
    tenant?: unknown,
  ): Search
  /** Also of a truncated index: open what is found, and compare. */
  candidates<C extends keyof D['columns'] & string>(
    column: C,
    value: TypeOf<D['columns'][C]>,
    tenant?: unknown,
  ): Search
}

export type TableContext = {
  readonly keys: HeldKeys
  /** The tenant of tables that declare no column for it. */
  readonly tenant: string
  readonly migrating: (path: string) => boolean
}

export function encryptedTable(declared: Table, { keys, tenant, migrating }: TableContext): EncryptedTable {
  const { name } = declared
  const columns = new Map(
    declared.columns.map((column) => [column.name, encryptedColumn(column, keys, migrating(column.path))]),
  )

  function named(column: string): EncryptedColumn {
    const found = columns.get(column)
    if (found === undefined) throw new ColumnsError('table-unknown', { table: `${name}.${column}` })
    return found
  }

  function tenantOf(given: unknown): string {
    if (declared.tenant === undefined) return tenant
    if (given === undefined || given === null)
      throw new ColumnsError('tenant-needed', { table: name, tenant: declared.tenant })
    return idText(given, name)
  }

  function cell(row: Row): Cell {
    const id = declared.id.map((part) => {
      const value = row[part]
      if (value === undefined || value === null)
        throw new ColumnsError('row-id-needed', { table: name, id: declared.id.join(', ') })
      return idText(value, name)
    })
    return { tenant: tenantOf(declared.tenant === undefined ? undefined : row[declared.tenant]), id }
  }

  function seal(row: Row): Record<string, unknown> {
    const sealed: Record<string, unknown> = { ...row }
    let own: Cell | undefined
    for (const [column, each] of columns) {
      const value = row[column]
      if (value === undefined) continue
      if (value !== null) own ??= cell(row)
      sealed[column] = own === undefined || value === null ? null : each.seal(own, value)
      const terms = value === null ? each.terms('', null) : each.terms(own?.tenant ?? '', value)
      Object.assign(sealed, terms)
    }
    return sealed
  }

  function open(row: Row): Record<string, unknown> {
    const opened: Record<string, unknown> = { ...row }
    let own: Cell | undefined
    for (const [column, each] of columns) {
      const stored = row[column]
      if (stored === undefined || stored === null) continue
      own ??= cell(row)
      opened[column] = each.open(own, stored)
    }
    return opened
  }

  return {
    declared,
    columns,
    cell,
    seal,
    open: open as EncryptedTable['open'],
    find: (column, value, given) => named(column).find(tenantOf(given), value),
    candidates: (column, value, given) => named(column).candidates(tenantOf(given), value),
  }
}
