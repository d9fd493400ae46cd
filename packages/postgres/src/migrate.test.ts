import { fileURLToPath } from 'node:url'
import { type ThrowawayDatabase, throwawayDatabase } from '@hevd/testing'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { PostgresError } from './errors.ts'
import { migrate, schemaFaults } from './migrate.ts'

let target: ThrowawayDatabase
beforeEach(async () => {
  target = await throwawayDatabase()
})
afterEach(() => target.drop())

const set = (name: string, directory = name) => ({
  name,
  directory: fileURLToPath(new URL(`./test-migrations/${directory}`, import.meta.url)),
})

const migrateWith = (directory: string) =>
  migrate(target.ownerUrl, [set('one', directory)], target.runtimeRole)

async function codeOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  return error instanceof PostgresError ? error.code : `not a PostgresError: ${error}`
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(text)).rows
  } finally {
    await client.end()
  }
}

const applied = () =>
  query(target.ownerUrl, "select version from hevd.migration where name = 'one' order by version")

test('each file is run once, and a later start runs what is new', async () => {
  await migrateWith('one')
  await migrateWith('one')
  expect(await applied()).toEqual([{ version: 1 }])
  await migrateWith('two')
  expect(await applied()).toEqual([{ version: 1 }, { version: 2 }])
})

test('many starters at once run each file once', async () => {
  await Promise.all(Array.from({ length: 6 }, () => migrateWith('two')))
  expect(await applied()).toEqual([{ version: 1 }, { version: 2 }])
})

test('many first starters of an empty database get along', async () => {
  await query(target.ownerUrl, 'drop schema hevd cascade')
  await Promise.all(Array.from({ length: 6 }, () => migrateWith('two')))
  expect(await applied()).toEqual([{ version: 1 }, { version: 2 }])
})

test('a newer schema is refused: a version more, or a set more', async () => {
  await migrateWith('two')
  expect(await codeOf(migrateWith('one'))).toBe('schema-newer')
  expect(await codeOf(migrate(target.ownerUrl, [], target.runtimeRole))).toBe('schema-newer')
})

test('a file that was changed after it was run is refused', async () => {
  await migrateWith('one')
  expect(await codeOf(migrateWith('changed'))).toBe('migration-changed')
})

test('a missing number is refused before anything is run', async () => {
  expect(await codeOf(migrateWith('gap'))).toBe('migration-misnumbered')
  expect(await applied()).toEqual([])
})

test('a failing file leaves nothing of itself; here it names no schema for its table', async () => {
  expect(await codeOf(migrateWith('failing'))).toBe('migration-failed')
  expect(await applied()).toEqual([{ version: 1 }])
  expect(await query(target.ownerUrl, "select to_regclass('one.half') as half")).toEqual([{ half: null }])
})

test('the runtime role may read and write, append only where the file says so, and never change the schema', async () => {
  await migrateWith('one')
  const scoped = (text: string) =>
    query(target.runtimeUrl, `set hevd.organisation = '00000000-0000-7000-8000-000000000001'; ${text}`)
  const entry = "('00000000-0000-7000-8000-000000000001', 1)"
  await scoped(`insert into one.entry values ${entry}`)
  await scoped('update one.thing set count = 1')
  for (const forbidden of [
    'update one.entry set id = 2',
    'delete from one.entry',
    'truncate one.entry',
    'truncate one.thing',
    'delete from hevd.organisation',
    'delete from hevd.migration',
    'drop table one.thing',
    'create table one.mine (id integer)',
    'alter table one.thing disable row level security',
    "select hevd.allow_only('one.entry', 'delete')",
  ]) {
    await expect(scoped(forbidden), forbidden).rejects.toThrow(
      /permission denied|must be owner|hevd.runtime_role/,
    )
  }
})

test('a sound schema has no faults', async () => {
  await migrateWith('one')
  expect(await schemaFaults(target.ownerUrl)).toEqual([])
})

test('every known fault of a schema is named', async () => {
  await migrate(target.ownerUrl, [set('unscoped')], target.runtimeRole)
  expect(await schemaFaults(target.ownerUrl)).toEqual([
    'unscoped.badly_keyed: unique key not led by organisation: unscoped.badly_keyed_pkey',
    'unscoped.open: no policy by organisation',
    'unscoped.open: row-level security is not enabled and forced',
    'unscoped.unforced: row-level security is not enabled and forced',
    'unscoped.widened: a second policy: everything',
  ])
})
