import type { Stored } from '../envelope/envelope.ts'
import { ColumnsError, type ColumnsErrorCode } from '../errors.ts'
import type { EncryptedTable } from '../table.ts'

/** A row as the rewriting reads it. */
export type StoredRow = {
  /** The id's parts, as text. */
  readonly id: readonly string[]
  /** By column, as text: the id's parts, and the tenant where one is declared. */
  readonly place: { readonly [column: string]: string | null }
  /** The columns that are ours. */
  readonly held: { readonly [column: string]: Stored | null }
}

/** What becomes of a row. */
export type Plan =
  | { readonly kind: 'current' }
  | { readonly kind: 'change'; readonly next: { readonly [column: string]: Stored | null } }
  | { readonly kind: 'unreadable'; readonly code: ColumnsErrorCode }

const damaged: ReadonlySet<ColumnsErrorCode> = new Set([
  'not-encrypted',
  'envelope-malformed',
  'key-unknown',
  'key-refused',
  'not-authentic',
  'tenant-needed',
])

/** The columns that are ours, in one order: encrypted ones, then those of their indexes. */
export function ownColumns({
  declared,
}: EncryptedTable): { readonly name: string; readonly type: 'text' | 'bytea' }[] {
  return declared.columns.flatMap(({ name, storage, index }) => [
    { name, type: storage },
    ...[index?.column, index?.rotateInto].flatMap((each) =>
      each === undefined ? [] : [{ name: each, type: 'text' as const }],
    ),
  ])
}

/**
 * What a row needs to stand as it would be written today: nothing, other values, or somebody's look, where a value
 * does not open. Plain text is encrypted in migrating columns alone; elsewhere somebody has put it there.
 */
export function planRow(table: EncryptedTable, row: StoredRow): Plan {
  const next: Record<string, Stored | null> = { ...row.held }
  let change = false
  try {
    const cell = table.cell(row.place)
    for (const [name, column] of table.columns) {
      const { value, current } = column.read(cell, row.held[name] ?? null)
      if (!current) next[name] = column.seal(cell, value)
      change ||= !current
      for (const [index, term] of Object.entries(column.terms(cell.tenant, value))) {
        change ||= row.held[index] !== term
        next[index] = term
      }
    }
  } catch (error) {
    if (error instanceof ColumnsError && damaged.has(error.code))
      return { kind: 'unreadable', code: error.code }
    throw error
  }
  return change ? { kind: 'change', next } : { kind: 'current' }
}
