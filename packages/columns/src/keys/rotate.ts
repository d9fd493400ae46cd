import { type Queryable, quotedTable } from '../database.ts'
import type { Column } from '../declare.ts'
import { readTables } from '../declare.ts'
import { ColumnsError } from '../errors.ts'
import { REFRESH_EVERY } from './held-keys.ts'
import {
  addKey,
  declaredColumn,
  indexScope,
  type KeyringOptions,
  type Purpose,
  readKeys,
  scopesOf,
} from './keyring.ts'

export type RotateOptions = KeyringOptions & {
  readonly table: string
  readonly column: string
  readonly purpose: Purpose
}

/**
 * Adds a key version. Processes learn of it at once but write with it only after `announceFor` milliseconds (twice a
 * minute if not given), so that no process meets a key that it does not know. Then `encryptTable` brings the rows over,
 * and `refuseKeysBelow` ends the old version. Returns the new version. Throws `key-in-use` where an index with two
 * columns has two versions already.
 */
export async function rotateKey(options: RotateOptions & { readonly announceFor?: number }): Promise<number> {
  const { database, provider, purpose, announceFor = 2 * REFRESH_EVERY } = options
  const column = declaredColumn(options.tables, options.table, options.column)
  const scope = scopeOf(column, purpose)
  const keys = await readKeys(database, [scope])
  const last = keys.at(-1)
  if (last === undefined) throw new ColumnsError('no-key', { column: column.path, purpose })
  const { index } = column
  if (purpose === 'index' && index !== undefined) {
    if (index.rotateInto !== undefined && keys.filter(({ refused }) => !refused).length > 1)
      throw new ColumnsError('key-in-use', {
        column: column.path,
        what: 'two versions of its index key are in use already',
      })
    if (index.rotateInto === undefined && (await isUnique(database, options.table, index.column)))
      throw new ColumnsError('declaration-wrong', {
        where: column.path,
        what: `${index.column} is unique, and stays so during a rotation only with a second column (rotateInto)`,
      })
  }
  const shape = purpose === 'index' ? index?.shape : undefined
  const key = shape === undefined ? { scope, purpose } : { scope, purpose, shape }
  const version = last.version + 1
  if (!(await addKey(database, provider, key, version, announceFor)))
    throw new ColumnsError('key-in-use', { column: column.path, what: 'another process is rotating the key' })
  return version
}

/**
 * Refuses values and terms of versions below this one from now on, in every process within its `refreshEvery`; their
 * keys are unwrapped no more. Throws `key-in-use` unless `encryptTable` has finished since this version is written.
 * Whoever writes to the keyring could take it back: `minimum` in the declaration, or `min_decryption_version` at the
 * vault, is what they cannot reach.
 */
export async function refuseKeysBelow(
  options: Omit<RotateOptions, 'provider'> & { readonly version: number },
): Promise<void> {
  const { database, purpose, version } = options
  const column = declaredColumn(options.tables, options.table, options.column)
  const { rows } = await database.query(
    'select goal from hevd_column_progress where table_name = $1 and finished_at is not null',
    [options.table],
  )
  if (!(reached(String(rows[0]?.goal ?? '[]'), column, purpose) >= version))
    throw new ColumnsError('key-in-use', {
      column: column.path,
      what: `rows may still be under a ${purpose} key below ${version}`,
    })
  await database.query(
    'update hevd_column_keys set refused = true where scope = $1 and purpose = $2 and version < $3',
    [scopeOf(column, purpose), purpose, version],
  )
}

/** Wraps every data key anew by the provider's newest root key, after that was rotated. Values are not touched. */
export async function rewrapKeys({ database, provider, tables }: KeyringOptions): Promise<void> {
  const columns = readTables(tables).flatMap((table) => table.columns)
  for (const { scope, purpose, version, wrapped } of await readKeys(database, scopesOf(columns)))
    await database.query(
      'update hevd_column_keys set wrapped = $4 where scope = $1 and purpose = $2 and version = $3 and wrapped = $5',
      [scope, purpose, version, await provider.rewrap(wrapped), wrapped],
    )
}

function scopeOf(column: Column, purpose: Purpose): string {
  const scope = purpose === 'data' ? column.scope : indexScope(column)
  if (scope === undefined) throw new ColumnsError('no-key', { column: column.path, purpose })
  return scope
}

/** The lowest version that all rows are known to have reached, by the goal of the last finished rewriting. */
function reached(goal: string, column: Column, purpose: Purpose): number {
  const versions: readonly [string, { data: number; index: Record<string, number | null> }][] =
    JSON.parse(goal)
  const own = versions.find(([name]) => name === column.name)?.[1]
  if (own === undefined) return 0
  return purpose === 'data' ? own.data : Math.max(0, ...Object.values(own.index).map(Number))
}

async function isUnique(database: Queryable, table: string, column: string): Promise<boolean> {
  const { rows } = await database.query(
    `select from pg_index join pg_attribute on attrelid = indrelid and attnum = any(indkey)
     where indrelid = to_regclass($1) and indisunique and attname = $2`,
    [quotedTable(table), column],
  )
  return rows.length > 0
}
