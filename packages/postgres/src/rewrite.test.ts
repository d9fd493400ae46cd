import { type ThrowawayDatabase, throwawayDatabase } from '@hevd/testing'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rewriteTables } from './rewrite.ts'

let target: ThrowawayDatabase
let client: pg.Client
beforeAll(async () => {
  target = await throwawayDatabase()
  client = new pg.Client({ connectionString: target.adminUrl })
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await target.drop()
})

/** Values of columns that the planner remembers of a table. */
async function remembered(table: string): Promise<string> {
  const { rows } = await client.query<{ values: string | null }>(
    `select string_agg(concat_ws(' ', stavalues1::text, stavalues2::text, stavalues3::text), ' ') as values
     from pg_statistic where starelid = $1::regclass`,
    [table],
  )
  return rows[0]?.values ?? ''
}

test('what was deleted is remembered nowhere, also of a table that is empty now', async () => {
  const organisation = '00000000-0000-7000-8000-000000000001'
  await client.query('create schema kept')
  for (const table of ['emptied', 'thinned'])
    await client.query(`
      create table kept.${table} (organisation uuid, name text, said jsonb, primary key (organisation, name));
      create index on kept.${table} (name);
      alter table kept.${table} enable row level security;
      alter table kept.${table} force row level security;
      create policy own on kept.${table} using (organisation = current_setting('hevd.organisation')::uuid);
      insert into kept.${table} select '${organisation}', 'Qzorvik ' || n, to_jsonb('Tømte ' || n) from generate_series(1, 50) n;
      analyze kept.${table}`)
  expect(await remembered('kept.emptied')).toContain('Qzorvik')
  await client.query('delete from kept.emptied; delete from kept.thinned where name <> $$Qzorvik 7$$')

  await rewriteTables(target.adminUrl, ['kept.emptied', 'kept.thinned'])
  expect(await remembered('kept.emptied')).not.toMatch(/Qzorvik|Tømte/)
  expect(await remembered('kept.thinned')).not.toMatch(/Qzorvik 8|Tømte 8/)
  await client.query(`insert into kept.emptied values ('${organisation}', 'Bo', '{}')`)
  await expect(
    client.query(`insert into kept.emptied values ('${organisation}', 'Bo', '{}')`),
  ).rejects.toThrow('duplicate key')
})
