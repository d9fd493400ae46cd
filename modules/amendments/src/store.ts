import type { Instant } from '@hevd/core'
import { at, type Tx } from '@hevd/postgres'
import type { PolicyText } from '@hevd/posture'
import { sql } from 'kysely'
import type { z } from 'zod'
import type { DraftControl, draftSource, draftState } from './contract.ts'
import type { DraftEntries } from './domain/change.ts'

/** A row of amendments.draft. */
export type Draft = {
  readonly id: string
  readonly title: string
  readonly source: z.infer<typeof draftSource>
  readonly state: z.infer<typeof draftState>
  readonly changes: DraftEntries
  readonly version: number
  readonly made_by: string | null
  readonly made_at: Instant
  readonly editors: readonly string[]
  readonly submitted_by: string | null
  readonly submitted_at: Instant | null
  readonly decided_by: string | null
  readonly decided_at: Instant | null
  readonly single: boolean
  readonly remark: string | null
  readonly outcome: readonly DraftControl[] | null
}

const head =
  sql.raw(`id, title, source, state, changes, version, made_by, made_at, editors::text[], submitted_by,
  submitted_at, decided_by, decided_at, single, remark`)
const all = sql`${head}, outcome`

/** A draft without what it changed when it was over. */
export type DraftHead = Omit<Draft, 'outcome'>

/** The newest 200, those under way first. */
export async function drafts(tx: Tx, organisation: string): Promise<DraftHead[]> {
  const { rows } = await sql<DraftHead>`
    select ${head} from amendments.draft where organisation = ${organisation}
    order by state in ('open', 'submitted') desc, made_at desc, id limit 200`.execute(tx)
  return rows
}

export async function draftOf(tx: Tx, organisation: string, id: string): Promise<Draft | undefined> {
  const { rows } = await sql<Draft>`
    select ${all} from amendments.draft where organisation = ${organisation} and id = ${id}`.execute(tx)
  return rows[0]
}

/** One draft, held by this transaction. */
export async function draftHeld(tx: Tx, organisation: string, id: string): Promise<Draft | undefined> {
  const { rows } = await sql<Draft>`
    select ${all} from amendments.draft where organisation = ${organisation} and id = ${id} for update`.execute(
    tx,
  )
  return rows[0]
}

/** The catalogue's draft that nobody has decided on, held by this transaction. */
export async function catalogueDraftHeld(tx: Tx, organisation: string): Promise<Draft | undefined> {
  const { rows } = await sql<Draft>`
    select ${all} from amendments.draft
    where organisation = ${organisation} and source = 'catalogue' and state in ('open', 'submitted')
    order by made_at limit 1 for update`.execute(tx)
  return rows[0]
}

export async function insertDraft(tx: Tx, organisation: string, row: Draft): Promise<void> {
  await sql`
    insert into amendments.draft (organisation, id, title, source, state, changes, version, made_by, made_at, editors)
    values (${organisation}, ${row.id}, ${row.title}, ${row.source}, ${row.state}, ${JSON.stringify(row.changes)}::jsonb,
      ${row.version}, ${row.made_by}, ${at(row.made_at)}, ${row.editors}::uuid[])`.execute(tx)
}

/** Writes a draft that this transaction holds, with the next version. */
export async function updateDraft(tx: Tx, organisation: string, row: Draft): Promise<void> {
  const moment = (instant: Instant | null) => (instant === null ? null : at(instant))
  const outcome = row.outcome === null ? null : JSON.stringify(row.outcome)
  await sql`
    update amendments.draft set state = ${row.state}, changes = ${JSON.stringify(row.changes)}::jsonb,
      version = ${row.version + 1}, editors = ${row.editors}::uuid[], submitted_by = ${row.submitted_by},
      submitted_at = ${moment(row.submitted_at)}, decided_by = ${row.decided_by},
      decided_at = ${moment(row.decided_at)}, single = ${row.single}, remark = ${row.remark},
      outcome = ${outcome}::jsonb
    where organisation = ${organisation} and id = ${row.id}`.execute(tx)
}

/** What the catalogue shipped of each control when it was last taken up or proposed. */
export async function shippedTexts(tx: Tx, organisation: string): Promise<ReadonlyMap<string, PolicyText>> {
  const { rows } = await sql<{ control: string; text: PolicyText }>`
    select control, text from amendments.shipped where organisation = ${organisation}`.execute(tx)
  return new Map(rows.map(({ control, text }) => [control, text]))
}

export async function keepShipped(
  tx: Tx,
  organisation: string,
  control: string,
  text: PolicyText,
): Promise<void> {
  await sql`
    insert into amendments.shipped (organisation, control, text)
    values (${organisation}, ${control}, ${JSON.stringify(text)}::jsonb)
    on conflict (organisation, control) do update set text = excluded.text`.execute(tx)
}
