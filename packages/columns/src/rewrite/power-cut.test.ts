import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type PowerCutDisk, powerCutDisk, startPostgresOn } from '@hevd/testing'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openColumns } from '../columns.ts'
import { localKeyFile } from '../keys/local-key-file.ts'
import { customers } from '../testdata/customers.ts'
import { encryptTable } from './encrypt-table.ts'

let disk: PowerCutDisk
beforeAll(() => {
  disk = powerCutDisk()
})
afterAll(() => disk.remove())

/** What was acknowledged last, by number: `<life>-<turn>`. */
type Acknowledged = Map<number, string>

function acknowledged(output: string, rows: Acknowledged): void {
  for (const [, nr, value = ''] of output.matchAll(/^row (\d+) (\S+)\n/gm)) rows.set(Number(nr), value)
}

/** Whether a row holds what was acknowledged last, or a later write that was under way when the power went. */
function isKept(found: unknown, last: string | undefined, nr: number): boolean {
  if (found === `key-${nr}`) return last === undefined
  const place = (value: string) => value.split('-').map(Number)
  const [life = -1, turn = -1] = place(String(found))
  const [lastLife = -1, lastTurn = -1] = last === undefined ? [] : place(last)
  return life > lastLife || (life === lastLife && turn >= lastTurn)
}

test('the power is cut during encryption and rotation: no row half done, nothing acknowledged lost, and it goes on', async () => {
  const keyFile = join(disk.beside, 'root.key')
  const kept: Acknowledged = new Map()
  const reached: string[] = []
  for (let round = 0; round < 2; round += 1) {
    disk.mount()
    const machine = disk.start(
      join(import.meta.dirname, '../testdata/machine.ts'),
      disk.home,
      keyFile,
      String(round),
    )
    const began = round === 0 ? /rewriting/ : /verified[\s\S]*rewriting/
    while (!began.test(machine.output()) && machine.child.exitCode === null) await sleep(10)
    await sleep(randomInt(200))
    await disk.cut(machine)
    acknowledged(machine.output(), kept)
    reached.push(
      machine
        .output()
        .match(/rewriting.*/g)
        ?.at(-1) ?? '',
    )
  }
  console.log(`Cut at ${reached.join(', ')}; ${kept.size} rows acknowledged`)
  expect(kept.size).toBeGreaterThan(0)
  disk.mount()
  const postgres = await startPostgresOn(disk.home)
  const pool = new pg.Pool({ connectionString: postgres.ownerUrl })
  try {
    const columns = await openColumns({
      database: pool,
      provider: localKeyFile(keyFile),
      tables: customers,
      migrating: true,
    })
    const whole = async () => {
      const { rows } = await pool.query('select * from customer order by nr')
      expect(rows).toHaveLength(300)
      for (const row of rows) {
        const nr = Number(row.nr)
        const { email, api_key } = columns.tables.customer.open(row)
        expect(email).toBe(nr % 10 === 7 ? null : `kunde${nr}@example.no`)
        expect(isKept(api_key, kept.get(nr), nr), `row ${nr}: ${api_key}, acknowledged ${kept.get(nr)}`).toBe(
          true,
        )
        if (row.email?.startsWith('hevd:')) expect(row.email_index).toMatch(/^i1:/)
      }
    }
    await whole()
    const progress = await Array.fromAsync(
      encryptTable({ database: pool, columns, table: 'customer', settle: 0 }),
    )
    expect(progress.at(-1)).toMatchObject({ phase: 'verified', seen: 300, unreadable: 0 })
    await whole()
    columns.close()
  } finally {
    await pool.end()
    await postgres.stop()
    await disk.unmount()
  }
}, 300_000)
