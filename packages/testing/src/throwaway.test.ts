import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type OrganisationTables, openDatabase } from '@hevd/postgres'
import { expect, test } from 'vitest'
import { addOrganisation } from './organisation.ts'
import { type ThrowawayDatabase, throwawayDatabase } from './throwaway.ts'

const organisations = ({ db }: ThrowawayDatabase) =>
  db.system((tx) =>
    tx.withTables<OrganisationTables>().selectFrom('hevd.organisation').select('id').execute(),
  )

test('databases asked for at once are each migrated, empty and their own', async () => {
  const all = await Promise.all(Array.from({ length: 4 }, () => throwawayDatabase()))
  const [first, ...others] = all
  if (!first) throw new Error('none was made')
  const id = await addOrganisation(first.db)
  expect(await organisations(first)).toEqual([{ id }])
  for (const other of others) expect(await organisations(other)).toEqual([])
  await Promise.all(all.map((one) => one.drop()))
})

test('a dropped database is gone, also while somebody is connected', async () => {
  const target = await throwawayDatabase()
  const other = openDatabase({ url: target.runtimeUrl })
  await other.ping()
  await target.drop()
  await expect(other.ping()).rejects.toThrow()
  const late = openDatabase({ url: target.runtimeUrl })
  await expect(late.ping()).rejects.toThrow('does not exist')
  await Promise.all([other.close(), late.close()])
})

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

test('a cluster ends and leaves nothing when the process that started it is killed', async () => {
  const { HEVD_TEST_CLUSTER: _, ...env } = process.env
  const fixture = fileURLToPath(new URL('./victim.fixture.ts', import.meta.url))
  const victim = spawn(process.execPath, [fixture], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(createInterface({ input: victim.stdout }), 'line')
  const data = String(line)
  const postmaster = (await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n')[0]
  victim.kill('SIGKILL')
  await once(victim, 'exit')
  while ((await exists(`/proc/${postmaster}/cwd`)) || (await exists(data))) await sleep(50)
})
