import { setTimeout as sleep } from 'node:timers/promises'
import type { Columns } from '../columns.ts'
import { inTransaction, type Pool, sqlState } from '../database.ts'
import { ColumnsError } from '../errors.ts'
import { indexScope, readKeys, scopesOf } from '../keys/keyring.ts'
import type { EncryptedTable } from '../table.ts'
import { type Plan, planRow, type StoredRow } from './plan.ts'
import { goalOf, type Runner, type Standing, takeOver } from './progress.ts'
import { type Change, type Statements, statements } from './statements.ts'
import { tableShape } from './table-shape.ts'

export type EncryptTableOptions = {
  /** As the role that owns the table and ours (`hevd_column_keys`, `hevd_column_progress`). */
  readonly database: Pool
  readonly columns: Columns
  readonly table: string
  /** Rows a transaction; 500 if not given. */
  readonly batch?: number
  /** Milliseconds of rest between two batches, to spare the database; none if not given. */
  readonly pause?: number
  /** Milliseconds until every process writes with a new key: at least their `refreshEvery`; a minute if not given. */
  readonly settle?: number
}

/** What is told after each batch. Counts are of the pass. */
export type Progress = Omit<Standing, 'after'> & {
  /** `waiting` for a new key to be known everywhere, `rewriting`, `verified` at the end. */
  readonly phase: 'waiting' | 'rewriting' | 'verified'
  /** How many rows the table may have, as the database estimates. */
  readonly estimate: number
  /** Rows a second of this run. */
  readonly rate: number
  /** Ids of rows that do not open, at most twenty, of this run. */
  readonly examples: readonly string[]
}

const BATCH = 500
const SETTLE = 60_000
const PASSES = 10
const EXAMPLES = 20
const ATTEMPTS = 5

/**
 * Brings every row to how it would be written today, while the application goes on: plain text of migrating columns
 * encrypted, values under older data keys and terms of older index keys replaced. It ends when one whole pass found
 * nothing to do. Interrupted at any moment, it goes on where it was when it is called again.
 *
 * Rows are taken in the order of their id, locked only where there is something to do, and never waited for; each is
 * written only if it still holds what was read. Rejects with `still-plain`, `rows-unreadable`, `duplicate`,
 * `taken-over`, `id-not-unique`, `column-unfit`, or what keyring and provider say.
 */
export async function* encryptTable(options: EncryptTableOptions): AsyncGenerator<Progress, void, void> {
  const { database, columns, batch = BATCH, pause = 0, settle = SETTLE } = options
  const table = columns.table(options.table)
  const shape = await tableShape(database, table.declared)
  const report = reporter(shape.estimate)
  while (!(await settled(database, table, settle))) {
    yield report(null, 'waiting')
    await sleep(Math.min(settle, 1000))
  }
  await columns.refresh()
  const goal = goalOf(table)
  const runner = await takeOver(database, options.table, goal)
  const work = { database, table, runner, sql: statements(table, shape.idTypes), batch }
  let standing = runner.start
  for (;;) {
    for (let done = await step(work, standing); done !== null; done = await step(work, standing)) {
      standing = done.standing
      yield report(standing, 'rewriting', done)
      if (goalOf(table) !== goal) return yield* encryptTable(options)
      if (pause > 0) await sleep(pause)
    }
    const { pass, changed, skipped, unreadable } = standing
    if (changed === 0 && skipped === 0 && unreadable > 0)
      throw new ColumnsError('rows-unreadable', { table: options.table, count: unreadable })
    if (changed === 0 && skipped === 0) break
    if (pass === PASSES)
      throw new ColumnsError('still-plain', { table: options.table, count: changed + skipped, passes: pass })
    standing = await runner.nextPass(database, standing)
    if (skipped > 0) await sleep(50 * pass)
  }
  await inTransaction(database, async (client) => {
    for (const column of table.columns.values()) {
      const written = Object.values(column.versions().index).filter((version) => version !== null)
      await client.query(
        `update hevd_column_keys set complete = true where scope = $1 and purpose = 'index' and version = any($2::bigint[])`,
        [indexScope(column.declared) ?? '', written],
      )
    }
    await runner.finish(client)
  })
  await columns.refresh()
  yield report(standing, 'verified')
}

/** True when no key is so new that a process may not yet write with it. */
async function settled(database: Pool, table: EncryptedTable, settle: number): Promise<boolean> {
  const keys = await readKeys(database, scopesOf(table.declared.columns))
  return !keys.some(({ version, refused, age }) => version > 1 && !refused && age < settle)
}

type Work = {
  readonly database: Pool
  readonly table: EncryptedTable
  readonly runner: Runner
  readonly sql: Statements
  readonly batch: number
}

type Done = { readonly standing: Standing; readonly seen: number; readonly unreadable: readonly string[] }

/** One batch, or null when the pass has come to its end. */
async function step({ database, table, runner, sql, batch }: Work, from: Standing): Promise<Done | null> {
  const rows = await sql.range(database, from.after, batch)
  const last = rows.at(-1)
  if (last === undefined) return null
  const planned = rows.map((row) => ({ row, plan: planRow(table, row) }))
  const todo = planned.filter(({ plan }) => plan.kind === 'change').map(({ row }) => row)
  const unreadable = planned
    .filter(({ plan }) => plan.kind === 'unreadable')
    .map(({ row }) => row.id.join(', '))
  const done = { after: last.id, seen: rows.length, unreadable: unreadable.length }
  const standing =
    todo.length === 0
      ? await runner.advance(database, from, { ...done, changed: 0, skipped: 0 })
      : await patiently(table, () =>
          inTransaction(database, async (client) => {
            const changes = (await sql.lock(client, todo)).flatMap((row) =>
              changeOf(row, planRow(table, row)),
            )
            const changed = changes.length === 0 ? 0 : await sql.replace(client, changes)
            return runner.advance(client, from, { ...done, changed, skipped: todo.length - changed })
          }),
        )
  return { standing, seen: rows.length, unreadable }
}

function changeOf(row: StoredRow, plan: Plan): Change[] {
  return plan.kind === 'change' ? [{ row, next: plan.next }] : []
}

/** Again after a deadlock or serialization failure; a unique violation is the application's own duplicate. */
async function patiently<T>(table: EncryptedTable, run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run()
    } catch (error) {
      const state = sqlState(error)
      if (state === '23505') {
        const constraint =
          error instanceof Error && 'constraint' in error ? String(error.constraint) : 'a constraint'
        throw new ColumnsError('duplicate', { table: table.declared.name, constraint }, error)
      }
      if ((state !== '40P01' && state !== '40001') || attempt === ATTEMPTS) throw error
      await sleep(20 * 2 ** attempt)
    }
  }
}

function reporter(estimate: number) {
  const began = performance.now()
  const examples: string[] = []
  let rows = 0
  return (standing: Standing | null, phase: Progress['phase'], done?: Done): Progress => {
    examples.push(...(done?.unreadable ?? []).slice(0, EXAMPLES - examples.length))
    rows += done?.seen ?? 0
    const { pass = 1, seen = 0, changed = 0, skipped = 0, unreadable = 0 } = standing ?? {}
    const rate = rows / Math.max(0.001, (performance.now() - began) / 1000)
    return { phase, pass, seen, changed, skipped, unreadable, estimate, rate, examples: [...examples] }
  }
}
