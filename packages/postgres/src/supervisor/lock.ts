import { readFileSync, writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { PostgresError } from '../errors.ts'

const SQLITE_BUSY = 5

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY
}

function readHolder(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return '?'
  }
}

/**
 * Takes the exclusive lock on a home, or throws `already-supervised`. It is a file lock of the kernel, which
 * Node reaches through SQLite alone: it ends with the process, however that ends, so none is ever stale.
 * Returns the release.
 */
export function lockHome(path: string, home: string, pid: number): () => void {
  const holder = `${path}.pid`
  const lock = new DatabaseSync(path, { timeout: 0 })
  try {
    lock.exec('begin exclusive')
  } catch (error) {
    lock.close()
    if (!isBusy(error)) throw error
    throw new PostgresError('already-supervised', { home, pid: readHolder(holder) }, error)
  }
  writeFileSync(holder, `${pid}\n`)
  return () => {
    if (lock.isOpen) lock.close()
  }
}
