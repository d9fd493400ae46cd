import { createHmac, createSecretKey, type KeyObject } from 'node:crypto'
import type { Column, Index } from '../declare.ts'
import { ColumnsError } from '../errors.ts'
import { indexScope, type KeyRow, type Purpose } from './keyring.ts'

export type Key = { readonly version: number; readonly secret: KeyObject }

/** The keys of one column, ready for use. */
export type ColumnKeys = {
  /** Writes. */
  readonly current: Key
  /** Opens: all versions that are not refused. */
  readonly data: ReadonlyMap<number, KeyObject>
  readonly refused: ReadonlySet<number>
  readonly index: IndexKeys | undefined
}

export type IndexKeys = {
  /** Which key's terms stand in which column of the table; null empties it. */
  readonly writes: ReadonlyMap<string, Key | null>
  /** Where a search looks, by which keys. */
  readonly searches: { readonly column: string; readonly keys: readonly Key[] }
  /** Some version covers every encrypted row. */
  readonly complete: boolean
}

/**
 * The key that is used, from the one that was unwrapped: HMAC-SHA-512 over purpose, scope and version, cut to 32
 * bytes. A wrapped key that was moved to another column's row of the keyring is so another key.
 */
export function columnKey(
  unwrapped: Buffer,
  { purpose, scope, version }: Pick<KeyRow, 'purpose' | 'scope' | 'version'>,
): KeyObject {
  const mac = createHmac('sha512', unwrapped)
    .update(JSON.stringify(['hevd/columns/1', purpose, scope, version]))
    .digest()
  const secret = createSecretKey(mac.subarray(0, 32))
  mac.fill(0)
  return secret
}

/** A row of the keyring with its key, if it is not refused. */
export type HeldRow = KeyRow & { readonly secret: KeyObject | undefined }

/** Throws `no-key` or `index-shape-differs`. */
export function columnKeys(column: Column, rows: readonly HeldRow[]): ColumnKeys {
  const data = rows.filter(({ scope, purpose }) => scope === column.scope && purpose === 'data')
  const usable = keysOf(data.filter(({ version }) => version >= column.minimum))
  const current = usable.findLast((key) =>
    data.some(({ version, age }) => version === key.version && age >= 0),
  )
  if (current === undefined) throw missing(column, 'data')
  return {
    current,
    data: new Map(usable.map(({ version, secret }) => [version, secret])),
    refused: new Set(
      data.map(({ version }) => version).filter((version) => !usable.some((key) => key.version === version)),
    ),
    index: column.index === undefined ? undefined : indexKeys(column, column.index, rows),
  }
}

function indexKeys(column: Column, index: Index, rows: readonly HeldRow[]): IndexKeys {
  const own = rows.filter(({ scope, refused }) => scope === indexScope(column) && !refused)
  const stranger = own.find(({ shape }) => shape !== index.shape)
  if (stranger !== undefined)
    throw new ColumnsError('index-shape-differs', {
      column: column.path,
      declared: index.shape,
      stored: stranger.shape ?? 'nothing',
    })
  const newest = keysOf(own.filter(({ age }) => age >= 0)).at(-1)
  if (newest === undefined) throw missing(column, 'index')
  const full = keysOf(own.filter(({ complete }) => complete)).at(-1)
  const complete = full !== undefined
  if (index.rotateInto === undefined)
    return {
      writes: new Map([[index.column, newest]]),
      searches: { column: index.column, keys: keysOf(own) },
      complete,
    }
  const place = ({ version }: Key) => (version % 2 === 0 ? (index.rotateInto ?? index.column) : index.column)
  const writes = new Map<string, Key | null>([
    [index.column, null],
    [index.rotateInto, null],
  ])
  const search = full ?? newest
  for (const key of [search, newest]) writes.set(place(key), key)
  return { writes, searches: { column: place(search), keys: [search] }, complete }
}

function keysOf(rows: readonly HeldRow[]): Key[] {
  return rows.flatMap(({ version, secret, refused }) =>
    secret === undefined || refused ? [] : [{ version, secret }],
  )
}

function missing(column: Column, purpose: Purpose): ColumnsError {
  return new ColumnsError('no-key', { column: column.path, purpose })
}
