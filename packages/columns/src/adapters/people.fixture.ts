import type { Columns } from '../columns.ts'
import type { Tables } from '../declare.ts'

/** The table that every adapter is tried on. */
export const peopleSchema = `create table person (
  id uuid primary key,
  name text not null,
  email text,
  email_index text unique,
  salary text,
  active text,
  serial text,
  born text,
  notes text,
  photo bytea
)`

export const tables = {
  person: {
    id: 'id',
    columns: {
      email: { type: 'string', index: { column: 'email_index', normalise: 'caseless' } },
      salary: { type: 'number' },
      active: { type: 'boolean' },
      serial: { type: 'bigint' },
      born: { type: 'date' },
      notes: { type: 'json' },
      photo: { type: 'bytes', storage: 'bytea' },
    },
  },
} as const satisfies Tables
export type PeopleTables = typeof tables

export type Person = {
  readonly id: string
  readonly name: string
  readonly email: string | null
  readonly salary: number | null
  readonly active: boolean | null
  readonly serial: bigint | null
  readonly born: Date | null
  readonly notes: unknown
  readonly photo: Uint8Array | null
}

/** The same few operations, written the way a user of each adapter writes them. */
export type People = {
  insert(person: Person): Promise<void>
  /** As an application would that leaves ids to the database. */
  insertWithoutId(name: string, email: string): Promise<void>
  byId(id: string): Promise<Person | undefined>
  byEmail(email: string): Promise<readonly Person[]>
  update(id: string, changes: Partial<Omit<Person, 'id'>>): Promise<void>
  /** Reads encrypted columns without the id. */
  emails(): Promise<unknown>
  close(): Promise<void>
}

export type Adapter = {
  readonly name: string
  open(url: string, columns: Columns<PeopleTables>): Promise<People>
}
