import type { Instant } from '@hevd/core'
import { type Erased, erasedWord, namePattern } from '@hevd/feeds'
import { at, columns, type Tx } from '@hevd/postgres'
import { sql } from 'kysely'
import type { Input } from '../domain/inputs.ts'

export type Begun = { readonly handed_at: Instant | null; readonly pseudonym: string }

/** The erasure's row, held; made at the first call, and begun anew when registers have changed since. */
export async function beginErasure(tx: Tx, organisation: string, id: string, since: Instant): Promise<Begun> {
  const fresh = sql`${erasedWord}::text || '/' || gen_random_uuid()`
  await sql`
    insert into posture.erasure as e (organisation, id, since, pseudonym)
    values (${organisation}, ${id}, ${at(since)}, ${fresh})
    on conflict (organisation, id) do update set since = excluded.since, handed_at = null
      where e.since < excluded.since`.execute(tx)
  const { rows } = await sql<Begun>`
    select handed_at, coalesce(pseudonym, ${fresh}) as pseudonym
    from posture.erasure where organisation = ${organisation} and id = ${id} for update`.execute(tx)
  const [row] = rows
  if (row === undefined) throw new Error('The row that was just made is not there')
  return row
}

export async function setHanded(tx: Tx, organisation: string, id: string, now: Instant): Promise<void> {
  await sql`
    update posture.erasure set handed_at = ${at(now)}
    where organisation = ${organisation} and id = ${id}`.execute(tx)
}

export async function setErased(
  tx: Tx,
  organisation: string,
  id: string,
  pseudonym: string,
  now: Instant,
): Promise<void> {
  await sql`
    update posture.erasure set erased_at = ${at(now)}, pseudonym = ${pseudonym}
    where organisation = ${organisation} and id = ${id}`.execute(tx)
}

/** Waits for every batch under way, and keeps new ones waiting until this transaction ends. */
export async function holdJudging(tx: Tx, organisation: string): Promise<void> {
  await sql`select from posture.judging where organisation = ${organisation} for update`.execute(tx)
}

/** Whether something still waits to be judged that waited at this moment. */
export async function isWaitingSince(tx: Tx, organisation: string, moment: Instant): Promise<boolean> {
  const { rows } = await sql`
    select from posture.wake where organisation = ${organisation} and at <= ${at(moment)}
    union all
    select from posture.judgement where organisation = ${organisation} and due_at <= ${at(moment)}
    limit 1`.execute(tx)
  return rows.length > 0
}

/** Inputs in which the names stand as words, or one of these texts as JSON has it. */
export async function inputsThatMayName(
  tx: Tx,
  organisation: string,
  pattern: string | null,
  quoted: readonly string[],
): Promise<{ readonly digest: Buffer; readonly content: readonly Input[] }[]> {
  const { rows } = await sql<{ digest: Buffer; content: readonly Input[] }>`
    select i.digest, i.content from posture.input i
    where i.organisation = ${organisation} and (coalesce(i.content::text ~* ${pattern}::text, false) or exists (
      select from unnest(${[...quoted]}::text[]) as one (text) where position(one.text in i.content::text) > 0))`.execute(
    tx,
  )
  return rows
}

export async function dropInputs(tx: Tx, organisation: string, digests: readonly Buffer[]): Promise<void> {
  const rows = digests.map((digest) => ({ digest }))
  if (rows.length === 0) return
  await sql`
    insert into posture.erased_input (organisation, digest)
    select ${organisation}::uuid, digest from ${columns(rows, { digest: 'bytea' })} as d (digest)
    on conflict do nothing`.execute(tx)
  await sql`
    delete from posture.input i using ${columns(rows, { digest: 'bytea' })} as d (digest)
    where i.organisation = ${organisation} and i.digest = d.digest`.execute(tx)
}

/** Whether inputs are gone because they named somebody who was erased. */
export async function inputsErased(tx: Tx, organisation: string, digest: Buffer): Promise<boolean> {
  const { rows } = await sql`
    select from posture.erased_input where organisation = ${organisation} and digest = ${digest}`.execute(tx)
  return rows.length > 0
}

const reasoned = ['finding', 'past_finding', 'exception'] as const

/** A row with a reason, by its place in its table while this transaction holds it. */
export type Reasoned = {
  readonly table: (typeof reasoned)[number]
  readonly ctid: string
  readonly test: string
  readonly why: string | null
  readonly next_why: string | null
}

/**
 * Reasons of what was judged from these inputs, of exceptions from it, and reasons in which the names stand as words or
 * one of the accounts as a value: of those an earlier erasure may have dropped the inputs.
 */
export async function reasonsThatMayName(
  tx: Tx,
  organisation: string,
  inputs: readonly Buffer[],
  { accounts }: Pick<Erased, 'accounts'>,
  pattern: string | null,
): Promise<Reasoned[]> {
  const quoted = accounts.map((account) => JSON.stringify(account))
  const names = (
    text: ReturnType<typeof sql>,
  ) => sql`(coalesce(${text} ~* ${pattern}::text, false) or exists (
    select from unnest(${quoted}::text[]) as one (text) where position(one.text in ${text}) > 0))`
  const naming = sql`(select i.digest from ${columns(
    inputs.map((digest) => ({ digest })),
    { digest: 'bytea' },
  )} as i (digest))`
  const { rows } = await sql<Reasoned>`
    with concerned as materialized (
      select test, subject from posture.finding where organisation = ${organisation} and inputs in ${naming}
      union select test, subject from posture.past_finding where organisation = ${organisation} and inputs in ${naming})
    select 'finding' as table, ctid::text, test, why, next_why from posture.finding
    where organisation = ${organisation} and (inputs in ${naming} or ${names(sql`concat_ws(' ', why, next_why)`)})
    union all
    select 'past_finding', ctid::text, test, why, null from posture.past_finding
    where organisation = ${organisation} and (inputs in ${naming} or ${names(sql`why`)})
    union all
    select 'exception', ctid::text, test, why, null from posture.exception
    where organisation = ${organisation} and ((test, subject) in (select test, subject from concerned)
      or ${names(sql`why`)})`.execute(tx)
  return rows
}

/** Writes these reasons, while judging is held; a changed present one makes its test's findings another set. */
export async function rereason(tx: Tx, organisation: string, rows: readonly Reasoned[]): Promise<void> {
  for (const table of reasoned) {
    const own = rows.filter((row) => row.table === table)
    if (own.length === 0) continue
    const next = table === 'finding' ? sql`, next_why = w.next_why` : sql``
    await sql`
      update ${sql.table(`posture.${table}`)} r set why = w.why ${next}
      from ${columns(own, { ctid: 'text', why: 'text', next_why: 'text' })} as w (place, why, next_why)
      where r.organisation = ${organisation} and r.ctid = w.place::tid`.execute(tx)
  }
  const tests = rows.filter(({ table }) => table === 'finding').map(({ test }) => test)
  await sql`
    update posture.tally set revision = revision + 1
    where organisation = ${organisation} and test = any(${[...new Set(tests)]}::text[])`.execute(tx)
}

/** A subject that gets a pseudonym, under these tests and under those that nobody knows any more. */
export type Renamed = {
  readonly kinds: readonly string[]
  readonly from: string
  readonly to: string
  readonly tests: readonly string[]
  readonly known: readonly string[]
}

/** Renames a subject wherever the past speaks of it; what was written about it in people's own words goes. */
export async function rename(
  tx: Tx,
  organisation: string,
  { kinds, from, to, tests, known }: Renamed,
): Promise<void> {
  const own = sql`organisation = ${organisation} and subject = ${from}
    and (test = any(${[...tests]}::text[]) or test <> all(${[...known]}::text[]))`
  await sql`update posture.past_finding set subject = ${to} where ${own}`.execute(tx)
  await sql`update posture.occurrence set subject = ${to} where ${own}`.execute(tx)
  await sql`update posture.exception set subject = ${to}, reason = ${erasedWord} where ${own}`.execute(tx)
  await sql`update posture.period_answer set subject = ${to}, text = ${erasedWord} where ${own}`.execute(tx)
  await sql`
    delete from posture.subject
    where organisation = ${organisation} and kind = any(${[...kinds]}::text[]) and id = ${from}`.execute(tx)
}

/** Takes names out of what people wrote and of what other subjects are called. */
export async function forgetNames(
  tx: Tx,
  organisation: string,
  { accounts }: Erased,
  pattern: string | null,
): Promise<void> {
  const without = (column: string, words: string) =>
    sql`regexp_replace(${sql.raw(column)}, ${words}, ${erasedWord}::text, 'gi')`
  if (pattern !== null) {
    await sql`
      update posture.exception set reason = ${without('reason', pattern)}
      where organisation = ${organisation} and reason ~* ${pattern}`.execute(tx)
    await sql`
      update posture.period_answer set text = ${without('text', pattern)}
      where organisation = ${organisation} and text ~* ${pattern}`.execute(tx)
    await sql`
      update posture.subject set name = ${without('name', pattern)}, search = ${without('search', pattern)}
      where organisation = ${organisation} and search ~* ${pattern}`.execute(tx)
  }
  for (const account of accounts) {
    const end = account.lastIndexOf('/')
    const login = namePattern({ names: [account.slice(end + 1)] })
    if (login === null) continue
    await sql`
      update posture.subject set name = ${without('name', login)}, search = ${without('search', login)}
      where organisation = ${organisation} and kind = 'uid' and starts_with(id, ${account.slice(0, end + 1)})
        and search ~* ${login}`.execute(tx)
  }
}
