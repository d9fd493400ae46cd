import type { CalendarDate, Instant } from '@hevd/core'
import { at, type Tx } from '@hevd/postgres'
import { sql } from 'kysely'
import type { AskingReader } from '../contract.ts'

/** A reader as it is kept. Who did something is an account's id. */
export type HolderRow = {
  readonly id: string
  readonly recipient: string
  readonly holderKind: AskingReader['holder']['kind']
  readonly holder: string
  readonly purpose: string
  readonly keptAt: string
  readonly from: CalendarDate
  readonly until: CalendarDate
  readonly askedBy: string
  readonly askedAt: Instant
  readonly decision: 'approved' | 'refused' | null
  readonly decidedBy: string | null
  readonly singleApprover: boolean
  readonly endedAt: Instant | null
}

const selected = sql`id, recipient, holder_kind as "holderKind", holder, purpose, kept_at as "keptAt",
  starts_on as "from", ends_on as "until", asked_by as "askedBy", asked_at as "askedAt", decision,
  decided_by as "decidedBy", single_approver as "singleApprover", ended_at as "endedAt"`

/** Those that wait first, then by last day, the latest first. */
export async function allHolders(tx: Tx, organisation: string): Promise<readonly HolderRow[]> {
  const { rows } = await sql<HolderRow>`
    select ${selected} from backups.holder where organisation = ${organisation}
    order by (decision is null) desc, (ended_at is null) desc, ends_on desc, id`.execute(tx)
  return rows
}

export async function holderById(tx: Tx, organisation: string, id: string): Promise<HolderRow | undefined> {
  const { rows } = await sql<HolderRow>`
    select ${selected} from backups.holder where organisation = ${organisation} and id = ${id}`.execute(tx)
  return rows[0]
}

export async function insertHolder(
  tx: Tx,
  organisation: string,
  { id, askedBy, askedAt, ...asked }: AskingReader & Pick<HolderRow, 'id' | 'askedBy' | 'askedAt'>,
): Promise<void> {
  await sql`
    insert into backups.holder (organisation, id, recipient, holder_kind, holder, purpose, kept_at, starts_on, ends_on,
      asked_by, asked_at)
    values (${organisation}, ${id}, ${asked.recipient}, ${asked.holder.kind}, ${asked.holder.id}, ${asked.purpose},
      ${asked.keptAt}, ${asked.from}, ${asked.until}, ${askedBy}, ${at(askedAt)})`.execute(tx)
}

export async function decideHolder(
  tx: Tx,
  organisation: string,
  id: string,
  said: {
    readonly decision: 'approved' | 'refused'
    readonly by: string
    readonly singleApprover: boolean
    readonly now: Instant
  },
): Promise<void> {
  await sql`
    update backups.holder set decision = ${said.decision}, decided_by = ${said.by}, decided_at = ${at(said.now)},
      single_approver = ${said.singleApprover}
    where organisation = ${organisation} and id = ${id}`.execute(tx)
}

export async function endHolder(
  tx: Tx,
  organisation: string,
  id: string,
  by: string,
  now: Instant,
): Promise<void> {
  await sql`
    update backups.holder set ended_at = ${at(now)}, ended_by = ${by}
    where organisation = ${organisation} and id = ${id}`.execute(tx)
}

/** Whether any are waiting, in force or to come for a person on a day: their recipients. */
export async function recipientsOfPerson(
  tx: Tx,
  organisation: string,
  person: string,
  today: CalendarDate,
): Promise<readonly string[]> {
  const { rows } = await sql<{ recipient: string }>`
    select recipient from backups.holder
    where organisation = ${organisation} and holder_kind = 'person' and holder = ${person}
      and decision = 'approved' and ended_at is null and ends_on >= ${today}::date order by recipient`.execute(
    tx,
  )
  return rows.map(({ recipient }) => recipient)
}
