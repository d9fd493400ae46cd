import { namePattern } from '@hevd/feeds'
import type { Tx } from '@hevd/postgres'
import { sql } from 'kysely'
import type { Holding, PersonalData } from './parts.ts'

/** Where one of the names still stands, as a whole word. */
export type Remains = {
  readonly table: string
  readonly column: string
  readonly holds: Holding
  readonly rows: number
}
export type Looked = {
  readonly tables: number
  readonly columns: number
  readonly remains: readonly Remains[]
}

const notLookedAt: readonly Holding[] = ['none', 'sealed', 'passing']

/** Looks through every column that can hold a name, whatever its module says it has erased. */
export async function lookFor(
  tx: Tx,
  organisation: string,
  names: readonly string[],
  data: PersonalData,
): Promise<Looked> {
  const pattern = namePattern({ names })
  const looked = Object.entries(data).flatMap(([table, columns]) =>
    Object.entries(columns)
      .filter(([, holds]) => !notLookedAt.includes(holds))
      .map(([column, holds]) => ({ table, column, holds })),
  )
  const remains: Remains[] = []
  if (pattern !== null)
    for (const { table, column, holds } of looked) {
      const { rows } = await sql<{ count: number }>`
        select count(*) as count from ${sql.table(table)}
        where organisation = ${organisation} and ${sql.ref(column)}::text ~* ${pattern}`.execute(tx)
      const count = rows[0]?.count ?? 0
      if (count > 0) remains.push({ table, column, holds, rows: count })
    }
  return { tables: new Set(looked.map(({ table }) => table)).size, columns: looked.length, remains }
}

/** Of what remains, what an erasure must not end with: the rest is another's to say (a host, an account of Hevd's own). */
export function mustGo({ remains }: Looked): boolean {
  return remains.some(({ holds }) => holds === 'person' || holds === 'words')
}
