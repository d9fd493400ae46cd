import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { tablesToRewrite } from '@hevd/people'
import { type ThrowawayDatabase, throwawayDatabase } from '@hevd/testing'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { personalData } from './personal-data.ts'
import { migrationSets } from './server.ts'

let target: ThrowawayDatabase
beforeAll(async () => {
  target = await throwawayDatabase(migrationSets)
}, 120_000)
afterAll(() => target.drop())

const named = (table: string, column: string) => `${table}.${column}`

test('every column that can carry text says what it holds of persons, and no other does', async () => {
  const { rows } = await target.db.system((tx) =>
    sql<{ table: string; column: string }>`
      select n.nspname || '.' || c.relname as table, a.attname as column
      from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'
        and a.attnum > 0 and not a.attisdropped
        and a.atttypid in ('text'::regtype, 'text[]'::regtype, 'jsonb'::regtype, 'json'::regtype, 'bytea'::regtype,
          'varchar'::regtype, 'xml'::regtype)`.execute(tx),
  )
  const classified = Object.entries(personalData).flatMap(([table, columns]) =>
    Object.keys(columns).map((column) => named(table, column)),
  )
  expect(classified.toSorted()).toEqual(rows.map(({ table, column }) => named(table, column)).toSorted())
})

test('SECURITY.md tells of every table that holds something of persons, with those columns', () => {
  const text = readFileSync(join(import.meta.dirname, '../../../SECURITY.md'), 'utf8')
  const told = new Map(
    [...text.matchAll(/^\| `([a-z_]+\.[a-z_]+)` \| ([a-z_, ]+) \| [^|]+ \|$/gm)].map(
      ([, table = '', columns = '']) => [table, columns.split(', ').toSorted()],
    ),
  )
  const held = Object.entries(personalData).flatMap(([table, columns]) => {
    const names = Object.entries(columns).flatMap(([column, holds]) => (holds === 'none' ? [] : [column]))
    return names.length === 0 ? [] : [[table, names.toSorted()] as const]
  })
  expect(told).toEqual(new Map(held))
})

test('what an erasure rewrites is all that it deletes from, and the log is never', () => {
  const tables = tablesToRewrite(personalData)
  expect(tables).toEqual(
    expect.arrayContaining(['people.person', 'people.erasure', 'feeds.touched', 'posture.wake']),
  )
  expect(tables.filter((table) => table.startsWith('ledger.'))).toEqual([])
})
