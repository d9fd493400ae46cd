import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { keyLength } from './domain/seal.ts'

/**
 * One key per person, kept in a file of its own outside the database and its backups, so that erasing a key erases
 * what was sealed under it, wherever copies of the database are (DESIGN.md, "The ledger").
 */
export type PersonKeys = {
  /** The person's key, made at the first asking. An erased person gets none: null. */
  keyOf(organisation: string, person: string): Buffer | null
  /** The key if there is one; never makes one. */
  find(organisation: string, person: string): Buffer | null
  /** Forgets the key for ever; overwritten on disk. Erasing again changes nothing. */
  erase(organisation: string, person: string): void
  close(): void
}

/** Opens the key file at `path`, 0600, made when it is not there. Every write is on disk when it returns. */
export function openPersonKeys(path: string): PersonKeys {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const previous = process.umask(0o077)
  const database = new DatabaseSync(path)
  process.umask(previous)
  database.exec(`pragma journal_mode = delete; pragma synchronous = full; pragma secure_delete = on;
    create table if not exists person_key (
      organisation text not null, person text not null, key blob,
      primary key (organisation, person)) without rowid, strict`)
  const select = database.prepare('select key from person_key where organisation = ? and person = ?')
  const insert = database.prepare('insert into person_key values (?, ?, ?) on conflict do nothing')
  const forget = database.prepare(
    'insert into person_key values (?, ?, null) on conflict (organisation, person) do update set key = null',
  )
  const find = (organisation: string, person: string) => {
    const row = select.get(organisation, person)
    return row === undefined ? undefined : row.key instanceof Uint8Array ? Buffer.from(row.key) : null
  }
  return {
    keyOf(organisation, person) {
      if (find(organisation, person) === undefined) insert.run(organisation, person, randomBytes(keyLength))
      return find(organisation, person) ?? null
    },
    find: (organisation, person) => find(organisation, person) ?? null,
    erase: (organisation, person) => {
      forget.run(organisation, person)
    },
    close: () => database.close(),
  }
}
