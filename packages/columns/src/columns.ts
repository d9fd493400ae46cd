import { readTables, type Tables } from './declare.ts'
import { ColumnsError } from './errors.ts'
import { type HeldKeysOptions, holdKeys } from './keys/held-keys.ts'
import { type EncryptedTable, encryptedTable } from './table.ts'

export type ColumnsOptions<T extends Tables> = HeldKeysOptions & {
  readonly tables: T
  /** Bound into values of tables that declare no column for it: where each customer has a database. */
  readonly tenant?: string
  /**
   * Columns (`table.column`) that may still hold plain text, or true for all: it is read, and what is written is
   * encrypted. A warning of the process says so at every start. Only while `encryptTable` has not finished.
   */
  readonly migrating?: true | readonly string[]
}

/** Encrypted columns, with their keys in memory. */
export type Columns<T extends Tables = Tables> = {
  readonly tables: { readonly [K in keyof T]: EncryptedTable<T[K]> }
  /** By the name in the database. Throws `table-unknown`. */
  table(name: string): EncryptedTable
  /** Looks at the keyring now, rather than within `refreshEvery`. */
  refresh(): Promise<void>
  /** Columns that accept plain text now. */
  readonly migrating: readonly string[]
  /** Drops the keys; everything is refused from then on. */
  close(): void
}

/**
 * Reads the keyring, has its keys unwrapped and keeps them: from then on sealing and opening wait for nothing. Rejects
 * if a declared column has no key (`no-key`), or keyring or provider do not answer.
 */
export async function openColumns<const T extends Tables>(options: ColumnsOptions<T>): Promise<Columns<T>> {
  const declared = readTables(options.tables)
  const all = declared.flatMap(({ columns }) => columns)
  const migrating = options.migrating === true ? all.map(({ path }) => path) : (options.migrating ?? [])
  const unknown = migrating.find((path) => !all.some((column) => column.path === path))
  if (unknown !== undefined) throw new ColumnsError('table-unknown', { table: unknown })
  const keys = await holdKeys(all, options)
  if (migrating.length > 0)
    process.emitWarning(`These columns are read as plain text too: ${migrating.join(', ')}`, {
      type: 'ColumnsWarning',
      code: 'HEVD_COLUMNS_MIGRATING',
      detail: 'Run encryptTable to its end, then open them without "migrating".',
    })
  const context = {
    keys,
    tenant: options.tenant ?? '',
    migrating: (path: string) => migrating.includes(path),
  }
  const tables = new Map(declared.map((table) => [table.name, encryptedTable(table, context)]))
  return {
    tables: Object.fromEntries(tables) as Columns<T>['tables'],
    table(name) {
      const table = tables.get(name)
      if (table === undefined) throw new ColumnsError('table-unknown', { table: name })
      return table
    },
    refresh: keys.refresh,
    migrating,
    close: keys.close,
  }
}
