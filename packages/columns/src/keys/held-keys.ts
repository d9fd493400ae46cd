import type { Queryable } from '../database.ts'
import type { Column } from '../declare.ts'
import { ColumnsError } from '../errors.ts'
import { type ColumnKeys, columnKey, columnKeys, type HeldRow } from './column-keys.ts'
import { type KeyRow, readKeys, scopesOf } from './keyring.ts'
import type { KeyProvider } from './provider.ts'

export type HeldKeysOptions = {
  readonly database: Queryable
  readonly provider: KeyProvider
  /** Milliseconds that an unwrapped key is kept without the provider's word; an hour if not given. */
  readonly keepKeysFor?: number
  /** Milliseconds between two looks at the keyring; a minute if not given. */
  readonly refreshEvery?: number
  /** A clock that does not jump, in milliseconds. */
  readonly now?: () => number
}

/** The keys in memory. */
export type HeldKeys = {
  /** Throws `keys-expired`. */
  of(column: Column): ColumnKeys
  /** Reads the keyring now. Rejects if keyring or provider do not answer; the keys that are held stay until they expire. */
  refresh(): Promise<void>
  /** Drops every key. */
  close(): void
}

export const REFRESH_EVERY = 60_000
const KEEP_FOR = 3_600_000

type Held = { readonly row: HeldRow; readonly since: number }

/** Reads the keyring and unwraps the columns' keys, then keeps them fresh until it is closed. */
export async function holdKeys(columns: readonly Column[], options: HeldKeysOptions): Promise<HeldKeys> {
  const { database, provider, keepKeysFor = KEEP_FOR, refreshEvery = REFRESH_EVERY } = options
  const { now = () => performance.now() } = options
  const scopes = scopesOf(columns)
  let held: ReadonlyMap<string, Held> = new Map()
  let ready: ReadonlyMap<string, ColumnKeys> = new Map()
  let expires = 0
  let reason = 'closed'
  let running: Promise<void> | undefined
  let closed = false

  /** A key is fetched anew when half its time has passed; until all of it has, the one that is held will do. */
  async function hold(row: KeyRow): Promise<Held> {
    const before = held.get(nameOf(row))
    const same = before !== undefined && before.row.wrapped === row.wrapped && before.row.secret !== undefined
    if (row.refused) return { row: { ...row, secret: undefined }, since: now() }
    if (same && now() - before.since < keepKeysFor / 2)
      return { row: { ...row, secret: before.row.secret }, since: before.since }
    try {
      const since = now()
      const unwrapped = await provider.unwrap(row.wrapped)
      const secret = columnKey(unwrapped, row)
      unwrapped.fill(0)
      return { row: { ...row, secret }, since }
    } catch (error) {
      if (!same || now() - before.since >= keepKeysFor) throw error
      reason = reasonOf(error)
      return { row: { ...row, secret: before.row.secret }, since: before.since }
    }
  }

  async function read(): Promise<void> {
    const all = await Promise.all((await readKeys(database, scopes)).map(hold))
    const rows = all.map(({ row }) => row)
    const next = new Map(columns.map((column) => [column.path, columnKeys(column, rows)]))
    if (closed) return
    held = new Map(all.map((each) => [nameOf(each.row), each]))
    ready = next
    expires =
      Math.min(...all.filter(({ row }) => row.secret !== undefined).map(({ since }) => since)) + keepKeysFor
  }

  function refresh(): Promise<void> {
    running ??= read()
      .catch((error: unknown) => {
        reason = reasonOf(error)
        throw error
      })
      .finally(() => {
        running = undefined
      })
    return running
  }

  function drop(): void {
    held = new Map()
    ready = new Map()
  }

  await refresh()
  const timer = setInterval(() => void refresh().catch(() => {}), refreshEvery)
  timer.unref()
  return {
    of(column) {
      if (now() >= expires) drop()
      const keys = ready.get(column.path)
      if (keys === undefined) throw new ColumnsError('keys-expired', { reason })
      return keys
    },
    refresh,
    close() {
      closed = true
      reason = 'closed'
      clearInterval(timer)
      drop()
    },
  }
}

function nameOf({ scope, purpose, version }: KeyRow): string {
  return `${purpose} ${version} ${scope}`
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown'
}
