import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { ArchiveError } from '../errors.ts'
import { backupsFolderOf } from './places.ts'

const busy = 5

/**
 * Takes what is to be done once at a time (a source's backup, its log, the keeper). A file lock of the kernel, which Node
 * reaches through SQLite alone: it ends with the process, however that ends, so none is ever stale. Gives its release.
 * Throws ArchiveError `already-running`.
 *
 * @param name file below `<HEVD_HOME>/backups/locks`
 * @param what as people know it, for the error
 */
export function lockOf(home: string, name: string, what: string, pid: number): () => void {
  const folder = locksOf(home)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, name)
  const lock = new DatabaseSync(path, { timeout: 0 })
  try {
    lock.exec('begin exclusive')
  } catch (error) {
    lock.close()
    if (!isBusy(error)) throw error
    throw new ArchiveError('already-running', { what, pid: holderOf(`${path}.pid`) })
  }
  writeFileSync(`${path}.pid`, `${pid}\n`, { mode: 0o600 })
  return () => {
    if (lock.isOpen) lock.close()
  }
}

function holderOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return '?'
  }
}

/** Whether somebody has taken it. */
export function isHeld(home: string, name: string): boolean {
  const path = join(locksOf(home), name)
  if (!existsSync(path)) return false
  const lock = new DatabaseSync(path, { timeout: 0 })
  try {
    lock.exec('begin exclusive')
    return false
  } catch (error) {
    if (isBusy(error)) return true
    throw error
  } finally {
    lock.close()
  }
}

const locksOf = (home: string) => join(backupsFolderOf(home), 'locks')
const isBusy = (error: unknown) => error instanceof Error && 'errcode' in error && error.errcode === busy
