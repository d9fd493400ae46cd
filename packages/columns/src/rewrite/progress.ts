import { randomUUID } from 'node:crypto'
import type { Queryable } from '../database.ts'
import { ColumnsError } from '../errors.ts'
import type { EncryptedTable } from '../table.ts'

/** Where the rewriting of a table stands, as it is kept in `hevd_column_progress`. */
export type Standing = {
  readonly pass: number
  /** The id of the last row that this pass has dealt with. */
  readonly after: readonly string[] | null
  readonly seen: number
  readonly changed: number
  /** Rows that another transaction held, or changed at that moment; the next pass takes them. */
  readonly skipped: number
  readonly unreadable: number
}

export type Step = Omit<Standing, 'pass'>

/** What every row is to become: the versions of the keys that are written today, as text. */
export function goalOf(table: EncryptedTable): string {
  return JSON.stringify([...table.columns].map(([name, column]) => [name, column.versions()]))
}

/** The newest that runs has the word; one that it took over from fails at its next step. */
export type Runner = {
  /** Where it begins. */
  readonly start: Standing
  /** Adds a step, inside the transaction that makes it; what it returns is so once that has committed. */
  advance(database: Queryable, from: Standing, step: Step): Promise<Standing>
  nextPass(database: Queryable, from: Standing): Promise<Standing>
  finish(database: Queryable): Promise<void>
}

const nothing = { after: null, seen: 0, changed: 0, skipped: 0, unreadable: 0 }

/** Goes on where an interrupted run towards the same goal was, and else begins. */
export async function takeOver(database: Queryable, table: string, goal: string): Promise<Runner> {
  const runner = randomUUID()
  const { rows } = await database.query(
    `insert into hevd_column_progress as p (table_name, goal, runner, pass, seen, changed, skipped, unreadable)
     values ($1, $2, $3, 1, 0, 0, 0, 0)
     on conflict (table_name) do update set goal = $2, runner = $3, finished_at = null,
       (pass, after, seen, changed, skipped, unreadable) = (
         select case when goes_on then p.pass else 1 end, case when goes_on then p.after end,
           case when goes_on then p.seen else 0 end, case when goes_on then p.changed else 0 end,
           case when goes_on then p.skipped else 0 end, case when goes_on then p.unreadable else 0 end
         from (select p.goal = $2 and p.finished_at is null as goes_on) as before)
     returning pass, after, seen::text, changed::text, skipped::text, unreadable::text`,
    [table, goal, runner],
  )

  async function store(on: Queryable, standing: Standing): Promise<Standing> {
    const { pass, after, seen, changed, skipped, unreadable } = standing
    await own(on, 'pass = $3, after = $4::text[], seen = $5, changed = $6, skipped = $7, unreadable = $8', [
      pass,
      after,
      seen,
      changed,
      skipped,
      unreadable,
    ])
    return standing
  }

  /** Throws `taken-over`. */
  async function own(on: Queryable, assignments: string, values: unknown[]): Promise<void> {
    const { rows: found } = await on.query(
      `update hevd_column_progress set ${assignments} where table_name = $1 and runner = $2 returning 1 as own`,
      [table, runner, ...values],
    )
    if (found.length === 0) throw new ColumnsError('taken-over', { table })
  }

  return {
    start: readStanding(rows[0] ?? {}),
    advance: (on, from, step) =>
      store(on, {
        pass: from.pass,
        after: step.after,
        seen: from.seen + step.seen,
        changed: from.changed + step.changed,
        skipped: from.skipped + step.skipped,
        unreadable: from.unreadable + step.unreadable,
      }),
    nextPass: (on, from) => store(on, { pass: from.pass + 1, ...nothing }),
    finish: (on) => own(on, 'finished_at = now()', []),
  }
}

function readStanding(row: Record<string, unknown>): Standing {
  return {
    pass: Number(row.pass),
    after: Array.isArray(row.after) ? row.after.map(String) : null,
    seen: Number(row.seen),
    changed: Number(row.changed),
    skipped: Number(row.skipped),
    unreadable: Number(row.unreadable),
  }
}
