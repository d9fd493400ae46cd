import type { Verdict } from '@hevd/core'
import { columns, type Tx } from '@hevd/postgres'
import { sql } from 'kysely'

/** How the number of stored findings changes, by test and verdict. */
export class TallyChange {
  readonly #changes = new Map<string, { readonly test: string; readonly verdict: Verdict; count: number }>()

  add(test: string, verdict: Verdict, count: number): void {
    const name = `${test} ${verdict}`
    const known = this.#changes.get(name)
    if (known === undefined) this.#changes.set(name, { test, verdict, count })
    else known.count += count
  }

  /**
   * Last in a transaction, since it holds the rows until the end; in one order, so that two never wait for each other.
   * A change from one verdict to the same is written too: it moves the test's revision on.
   */
  async write(tx: Tx, organisation: string): Promise<void> {
    if (this.#changes.size === 0) return
    const types = { test: 'text', verdict: 'text', count: 'bigint' } as const
    await sql`
      insert into posture.tally as t (organisation, test, verdict, count)
      select ${organisation}::uuid, c.* from ${columns([...this.#changes.values()], types)} as c (test, verdict, count)
      order by c.test, c.verdict
      on conflict (organisation, test, verdict)
        do update set count = t.count + excluded.count, revision = t.revision + 1`.execute(tx)
  }
}
