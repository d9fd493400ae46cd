import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { keyLength } from './domain/seal.ts'

/** A person's key: there, erased for ever, or never made. */
export type PersonKey =
  | { readonly kind: 'key'; readonly key: Buffer }
  | { readonly kind: 'erased' }
  | { readonly kind: 'none' }

/**
 * One key per person, kept in a file of its own outside the database and its backups, so that erasing a key erases
 * what was sealed under it, wherever copies of the database are (DESIGN.md, "The ledger").
 */
export type PersonKeys = {
  /** The person's key, made at the first asking; `erased` stays so. */
  keyOf(organisation: string, person: string): Exclude<PersonKey, { kind: 'none' }>
  /** Makes those keys that are not there, all with one write to disk. */
  makeAll(organisation: string, persons: readonly string[]): void
  /** Never makes one. */
  find(organisation: string, person: string): PersonKey
  /** Those whose key was erased, in no order. */
  erasedOf(organisation: string): readonly string[]
  /** Forgets the key for ever; overwritten on disk. Erasing again changes nothing. */
  erase(organisation: string, person: string): void
  close(): void
}

/** Opens the key file at `path`, 0600, made when it is not there. Every write is on disk when it returns. */
export function openPersonKeys(path: string, random: (bytes: number) => Buffer): PersonKeys {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const previous = process.umask(0o077)
  const database = new DatabaseSync(path, { timeout: 5000 })
  process.umask(previous)
  database.exec(`pragma journal_mode = delete; pragma synchronous = full; pragma secure_delete = on;
    create table if not exists person_key (
      organisation text not null, person text not null, key blob,
      primary key (organisation, person)) without rowid, strict`)
  const select = database.prepare('select key from person_key where organisation = ? and person = ?')
  const erased = database.prepare('select person from person_key where organisation = ? and key is null')
  const insert = database.prepare('insert into person_key values (?, ?, ?) on conflict do nothing')
  const forget = database.prepare(
    'insert into person_key values (?, ?, null) on conflict (organisation, person) do update set key = null',
  )
  const find = (organisation: string, person: string): PersonKey => {
    const row = select.get(organisation, person)
    if (row === undefined) return { kind: 'none' }
    return row.key instanceof Uint8Array ? { kind: 'key', key: Buffer.from(row.key) } : { kind: 'erased' }
  }
  return {
    keyOf(organisation, person) {
      const found = find(organisation, person)
      if (found.kind !== 'none') return found
      insert.run(organisation, person, random(keyLength))
      const made = find(organisation, person)
      return made.kind === 'none' ? { kind: 'erased' } : made
    },
    makeAll(organisation, persons) {
      const missing = [...new Set(persons)].filter((person) => find(organisation, person).kind === 'none')
      if (missing.length === 0) return
      database.exec('begin immediate')
      try {
        for (const person of missing) insert.run(organisation, person, random(keyLength))
        database.exec('commit')
      } catch (error) {
        if (database.isTransaction) database.exec('rollback')
        throw error
      }
    },
    find,
    erasedOf: (organisation) => erased.all(organisation).map(({ person }) => String(person)),
    erase: (organisation, person) => {
      forget.run(organisation, person)
    },
    close: () => {
      if (database.isOpen) database.close()
    },
  }
}

/** Where it lies under the home. */
export const personKeyFile = (home: string): string => `${home}/ledger/person-keys.sqlite`
