import type { Instant } from '@hevd/core'
import { columns, type Tx } from '@hevd/postgres'
import { sql } from 'kysely'
import type { Which } from './wake.ts'

/** What is stored of a judgement before it is made. */
export type Stored = Which & {
  readonly lookups: readonly string[]
  readonly feeds: readonly string[]
  readonly scopes: readonly string[]
}

const whichColumns = { test: 'text', subject: 'text' } as const

export async function storedJudgements(
  tx: Tx,
  organisation: string,
  which: readonly Which[],
): Promise<Stored[]> {
  const { rows } = await sql<Stored>`
    select j.test, j.subject, j.lookups, s.feeds, s.scopes
    from ${columns(which, whichColumns)} as w (test, subject)
    join posture.judgement j on j.organisation = ${organisation} and j.test = w.test and j.subject = w.subject
    join posture.feed_set s on s.organisation = j.organisation and s.id = j.rests`.execute(tx)
  return rows
}

/** Judgements of a test by subject, from the one after `after`, with the feeds they rest on. */
export async function judgementsAfter(
  tx: Tx,
  organisation: string,
  test: string,
  after: string,
  limit: number,
): Promise<(Which & { readonly rests: string })[]> {
  const { rows } = await sql<Which & { rests: string }>`
    select test, subject, rests from posture.judgement
    where organisation = ${organisation} and test = ${test} and subject > ${after}
    order by subject limit ${limit}`.execute(tx)
  return rows
}

/** How many judgements of a test come after a subject. */
export async function countAfter(tx: Tx, organisation: string, test: string, after: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from posture.judgement
    where organisation = ${organisation} and test = ${test} and subject > ${after}`.execute(tx)
  return rows[0]?.count ?? 0
}

export type JudgementWrite = Which & {
  readonly lookups: readonly string[]
  readonly rests: string
  readonly due_at: Instant | null
  readonly judged_at: Instant | null
}

/** Writes what judgements look up and when they are asked again; a null `judged_at` leaves the earlier one. */
export async function writeJudgements(
  tx: Tx,
  organisation: string,
  rows: readonly JudgementWrite[],
): Promise<void> {
  if (rows.length === 0) return
  const types = {
    ...whichColumns,
    lookups: 'jsonb',
    rests: 'uuid',
    due_at: 'timestamptz',
    judged_at: 'timestamptz',
  } as const
  await sql`
    insert into posture.judgement as j (organisation, test, subject, lookups, rests, due_at, judged_at)
    select ${organisation}::uuid, w.test, w.subject,
      array(select jsonb_array_elements_text(w.lookups)), w.rests, w.due_at, w.judged_at
    from ${columns(rows, types)} as w (test, subject, lookups, rests, due_at, judged_at)
    on conflict (organisation, test, subject) do update set lookups = excluded.lookups, rests = excluded.rests,
      due_at = excluded.due_at, judged_at = coalesce(excluded.judged_at, j.judged_at)`.execute(tx)
}

export type Dependency = Which & { readonly key: string }

export async function writeDependencies(
  tx: Tx,
  organisation: string,
  added: readonly Dependency[],
  dropped: readonly Dependency[],
): Promise<void> {
  const types = { key: 'text', ...whichColumns } as const
  if (added.length > 0)
    await sql`
      insert into posture.dependency (organisation, lookup_key, test, subject)
      select ${organisation}::uuid, d.* from ${columns(added, types)} as d (key, test, subject)
      on conflict do nothing`.execute(tx)
  if (dropped.length > 0)
    await sql`
      delete from posture.dependency p using ${columns(dropped, types)} as d (key, test, subject)
      where p.organisation = ${organisation} and p.lookup_key = d.key and p.test = d.test
        and p.subject = d.subject`.execute(tx)
}

/** Forgets candidates that are gone; their dependencies are dropped by the caller. */
export async function deleteJudgements(tx: Tx, organisation: string, which: readonly Which[]): Promise<void> {
  if (which.length === 0) return
  await sql`
    delete from posture.judgement j using ${columns(which, whichColumns)} as d (test, subject)
    where j.organisation = ${organisation} and j.test = d.test and j.subject = d.subject`.execute(tx)
}

export type SubjectWrite = {
  readonly kind: string
  readonly id: string
  readonly name: string
  readonly search: string
}

/** Names of subjects, as they are now; one that has not changed is not written. */
export async function writeSubjects(
  tx: Tx,
  organisation: string,
  subjects: readonly SubjectWrite[],
): Promise<void> {
  if (subjects.length === 0) return
  const types = { kind: 'text', id: 'text', name: 'text', search: 'text' } as const
  await sql`
    insert into posture.subject as s (organisation, kind, id, name, search)
    select distinct on (w.kind, w.id) ${organisation}::uuid, w.*
    from ${columns(subjects, types)} as w (kind, id, name, search)
    left join posture.subject known on known.organisation = ${organisation} and known.kind = w.kind and known.id = w.id
    where known.name is distinct from w.name
    order by w.kind, w.id
    on conflict (organisation, kind, id) do update set name = excluded.name, search = excluded.search`.execute(
    tx,
  )
}
