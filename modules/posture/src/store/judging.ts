import type { Instant } from '@hevd/core'
import { at, type Tx } from '@hevd/postgres'
import { type RawBuilder, sql } from 'kysely'

/** A time in which nothing was judged; null is until now. */
export type JudgingGap = {
  readonly kind: 'silent' | 'halted'
  readonly from_at: Instant
  readonly until_at: Instant | null
}

/** How judging stands for an organisation. */
export type Judging = {
  readonly engine: string
  readonly generation: number
  readonly activated_at: Instant
  readonly alive_at: Instant
  readonly halted_at: Instant | null
  /** Milliseconds that the database's clock was off. */
  readonly halted_by: number | null
  /** When a halted server last said so. */
  readonly halted_seen_at: Instant | null
  /** How often a clock that jumped was accepted, and the milliseconds of the last such jump. */
  readonly clock_accepted: number
  readonly clock_accepted_by: number | null
}

const all = sql.raw(`engine, generation, activated_at, alive_at, halted_at, halted_by, halted_seen_at,
  clock_accepted, clock_accepted_by`)

export async function judgingOf(tx: Tx, organisation: string): Promise<Judging | undefined> {
  const { rows } = await sql<Judging>`
    select ${all} from posture.judging where organisation = ${organisation}`.execute(tx)
  return rows[0]
}

/**
 * Whether this engine's tests are the activated ones, and stay so until this transaction is over. Signs of life do
 * not wait for it, an activation does.
 */
export async function holdActivation(tx: Tx, organisation: string, engine: string): Promise<boolean> {
  const { rows } = await sql`
    select from posture.judging where organisation = ${organisation} and engine = ${engine}
    for key share`.execute(tx)
  return rows.length > 0
}

/**
 * Lets no batch be under way until this transaction is over, and nobody else put a text into force: what is judged and what
 * is amended follow one another.
 */
export async function holdPolicy(tx: Tx, organisation: string): Promise<void> {
  await sql`select from posture.judging where organisation = ${organisation} for update`.execute(tx)
}

/** The row, for an activation: it waits for every batch under way. Made by `engine` where there is none. */
export async function judgingForActivation(
  tx: Tx,
  organisation: string,
  engine: string,
  now: Instant,
): Promise<Judging & { readonly isNew: boolean }> {
  const made = await sql`
    insert into posture.judging (organisation, engine, generation, activated_at, alive_at)
    values (${organisation}, ${engine}, 1, ${at(now)}, ${at(now)}) on conflict do nothing`.execute(tx)
  const { rows } = await sql<Judging>`
    select ${all} from posture.judging where organisation = ${organisation} for update`.execute(tx)
  const [row] = rows
  if (row === undefined) throw new Error('The row that was just made is not there')
  const isNew = made.numAffectedRows === 1n
  if (isNew) await recordActivation(tx, organisation, row.generation, engine, now)
  return { ...row, isNew }
}

export async function wasActivated(tx: Tx, organisation: string, engine: string): Promise<boolean> {
  const { rows } = await sql`
    select from posture.activation where organisation = ${organisation} and engine = ${engine} limit 1`.execute(
    tx,
  )
  return rows.length > 0
}

/** Puts `engine` in the place of generation `from`; false when another was faster. */
export async function activate(
  tx: Tx,
  organisation: string,
  engine: string,
  from: number,
  now: Instant,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update posture.judging
    set engine = ${engine}, generation = ${from + 1}, activated_at = ${at(now)}, alive_at = ${at(now)}
    where organisation = ${organisation} and generation = ${from}`.execute(tx)
  if (numAffectedRows !== 1n) return false
  await recordActivation(tx, organisation, from + 1, engine, now)
  return true
}

async function recordActivation(
  tx: Tx,
  organisation: string,
  generation: number,
  engine: string,
  now: Instant,
): Promise<void> {
  await sql`
    insert into posture.activation (organisation, generation, engine, at)
    values (${organisation}, ${generation}, ${engine}, ${at(now)})`.execute(tx)
}

/** Keeps that nothing was judged from the last sign of life until now. */
export function recordSilent(tx: Tx, organisation: string, now: Instant): Promise<void> {
  return recordGap(tx, organisation, 'silent', sql`alive_at`, at(now))
}

async function recordGap(
  tx: Tx,
  organisation: string,
  kind: JudgingGap['kind'],
  from: RawBuilder<unknown>,
  until: RawBuilder<unknown>,
  where: RawBuilder<unknown> = sql`true`,
): Promise<void> {
  await sql`
    insert into posture.judging_gap (organisation, kind, from_at, until_at)
    select organisation, ${kind}, ${from}, ${until} from posture.judging
    where organisation = ${organisation} and ${from} < ${until} and ${where}
    on conflict do nothing`.execute(tx)
}

/** Every time in which nothing was judged, that overlaps [from, until), the present one included. */
export async function judgingGaps(
  tx: Tx,
  organisation: string,
  { from, until, now, silentAfter }: { from: Instant; until: Instant; now: Instant; silentAfter: number },
): Promise<JudgingGap[]> {
  const { rows } = await sql<JudgingGap>`
    select kind, from_at, until_at from (
      select kind, from_at, until_at from posture.judging_gap where organisation = ${organisation}
      union all
      select 'silent', alive_at, null from posture.judging
      where organisation = ${organisation} and alive_at <= ${at(now - silentAfter)}
      union all
      select 'halted', halted_at, null from posture.judging
      where organisation = ${organisation} and halted_at is not null) g
    where from_at < ${at(until)} and (until_at is null or until_at > ${at(from)})
    order by from_at, kind`.execute(tx)
  return rows
}

/** A sign of life of the activated engine. It never moves back. */
export async function beAlive(tx: Tx, organisation: string, engine: string, now: Instant): Promise<void> {
  await sql`
    update posture.judging set alive_at = ${at(now)}
    where organisation = ${organisation} and engine = ${engine} and alive_at < ${at(now)}`.execute(tx)
}

/** Marks judging as standing still; false when it already did, and then a mark from before `renew` is renewed. */
export async function halt(
  tx: Tx,
  organisation: string,
  now: Instant,
  by: number,
  renew: Instant,
): Promise<boolean> {
  const { rows } = await sql<{ isNew: boolean }>`
    update posture.judging set halted_at = coalesce(halted_at, ${at(now)}), halted_by = ${by},
      halted_seen_at = ${at(now)}
    where organisation = ${organisation} and (halted_seen_at is null or halted_seen_at < ${at(renew)})
    returning halted_at = ${at(now)} as "isNew"`.execute(tx)
  return rows[0]?.isNew ?? false
}

/**
 * Takes the mark away because the clock is right where it jumped to, if it is still off by these seconds. What is
 * alive was so no later than now. Gives the milliseconds.
 */
export async function accept(tx: Tx, organisation: string, seconds: number): Promise<number | undefined> {
  await recordGap(
    tx,
    organisation,
    'halted',
    sql`halted_at`,
    sql`clock_timestamp()`,
    sql`round(halted_by / 1000.0) = ${seconds}`,
  )
  const { rows } = await sql<{ by: number }>`
    update posture.judging set clock_accepted = clock_accepted + 1, clock_accepted_by = halted_by,
      halted_at = null, halted_by = null, halted_seen_at = null, alive_at = least(alive_at, clock_timestamp())
    where organisation = ${organisation} and round(halted_by / 1000.0) = ${seconds}
    returning clock_accepted_by as by`.execute(tx)
  return rows[0]?.by
}

/** Marks judging as going on; false when it did not stand still. */
export async function resume(tx: Tx, organisation: string, now: Instant): Promise<boolean> {
  await recordGap(tx, organisation, 'halted', sql`halted_at`, at(now))
  const { numAffectedRows } = await sql`
    update posture.judging set halted_at = null, halted_by = null, halted_seen_at = null
    where organisation = ${organisation} and halted_at is not null`.execute(tx)
  return numAffectedRows === 1n
}
