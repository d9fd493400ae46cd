import type { Database, OrganisationTables } from '@hevd/postgres'
import { judgingOf } from './store/judging.ts'

/** An organisation whose judging stands still because the database's clock jumped by so many seconds. */
export type ClockHalt = { readonly organisation: string; readonly seconds: number }

/** Where judging is marked as standing still, for who looks from outside a server. */
export async function clockHalts(db: Database): Promise<readonly ClockHalt[]> {
  const organisations = await db.system((tx) =>
    tx.withTables<OrganisationTables>().selectFrom('hevd.organisation').select(['id', 'name']).execute(),
  )
  const halts: ClockHalt[] = []
  for (const { id, name } of organisations) {
    const judging = await db.transaction(id, (tx) => judgingOf(tx, id), { readOnly: true })
    const by = judging?.halted_by ?? null
    if (by !== null) halts.push({ organisation: name, seconds: Math.round(by / 1000) })
  }
  return halts
}
