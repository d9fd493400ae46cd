import { closeSync, openSync, renameSync, rmSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { AgentError } from '../errors.ts'
import { spoolSchema, spoolVersion } from './schema.ts'

/** The file, and whether a damaged one had to be put aside for it (`<path>.damaged`). */
export type OpenedSpool = { readonly database: DatabaseSync; readonly damaged: boolean }

/**
 * Opens the spool of a folder for this process alone; makes it if there is none. What is in it survives `kill -9` and
 * a power cut (WAL, synchronous=FULL). A damaged file is put aside: what the host looks like is simply said anew.
 *
 * Throws AgentError `already-running` and `spool-newer`.
 */
export function openSpoolFile(path: string): OpenedSpool {
  const first = attempt(path)
  if (first !== null) return { database: first, damaged: false }
  renameSync(path, `${path}.damaged`)
  for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true })
  const second = attempt(path)
  if (second === null) throw new Error(`The spool ${path} is damaged as soon as it is made`)
  return { database: second, damaged: true }
}

/** Null when the file is damaged. */
function attempt(path: string): DatabaseSync | null {
  if (path !== inMemory) closeSync(openSync(path, 'a', 0o600))
  const database = new DatabaseSync(path, { timeout: 5000 })
  try {
    database.exec('pragma locking_mode = exclusive; pragma journal_mode = wal; pragma synchronous = full')
    const sound = database.prepare('pragma quick_check(1)').get()
    if (sound?.quick_check !== 'ok') return closed(database)
    const { user_version: version } = database.prepare('pragma user_version').get() ?? {}
    if (typeof version === 'number' && version > spoolVersion) throw new AgentError('spool-newer', { path })
    if (version === 0) database.exec(`begin immediate; ${spoolSchema} commit`)
    else database.exec('begin immediate; commit')
    return database
  } catch (error) {
    database.close()
    const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0
    if (code === busy) throw new AgentError('already-running', { path })
    if (code === corrupt || code === notADatabase) return null
    throw error
  }
}

/** SQLite's name for a database that no file keeps. */
const inMemory = ':memory:'
/** Primary result codes of SQLite. */
const busy = 5
const corrupt = 11
const notADatabase = 26

function closed(database: DatabaseSync): null {
  database.close()
  return null
}
