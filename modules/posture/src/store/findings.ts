import type { Instant } from '@hevd/core'
import { at, columns, type Tx } from '@hevd/postgres'
import { sql } from 'kysely'
import type { Input } from '../domain/inputs.ts'
import type { FindingRow, PastRow, Version } from './rows.ts'
import type { Which } from './wake.ts'

const whichColumns = { test: 'text', subject: 'text' } as const

export const findingColumns = sql.raw(
  `f.test, f.subject, f.verdict, f.why, f.said_at, f.since, f.failing_since, f.seen_at, f.until, f.next_verdict,
  f.next_why, f.flaps, f.rests, f.edition, f.inputs, f.judged_at, f.batch, f.salt`,
)

/** Findings of these judgements, held by this transaction. */
export async function findingsHeld(
  tx: Tx,
  organisation: string,
  which: readonly Which[],
): Promise<FindingRow[]> {
  const { rows } = await sql<FindingRow>`
    select ${findingColumns} from ${columns(which, whichColumns)} as w (test, subject)
    join posture.finding f on f.organisation = ${organisation} and f.test = w.test and f.subject = w.subject
    for update of f`.execute(tx)
  return rows
}

/** Findings of these judgements, for one who writes none. */
export async function findingsOf(
  tx: Tx,
  organisation: string,
  which: readonly Which[],
): Promise<FindingRow[]> {
  const { rows } = await sql<FindingRow>`
    select ${findingColumns} from ${columns(which, whichColumns)} as w (test, subject)
    join posture.finding f on f.organisation = ${organisation} and f.test = w.test and f.subject = w.subject
    `.execute(tx)
  return rows
}

export async function writeFindings(
  tx: Tx,
  organisation: string,
  rows: readonly FindingRow[],
): Promise<void> {
  if (rows.length === 0) return
  const types = {
    ...whichColumns,
    verdict: 'text',
    why: 'text',
    said_at: 'timestamptz',
    since: 'timestamptz',
    failing_since: 'timestamptz',
    seen_at: 'timestamptz',
    until: 'timestamptz',
    next_verdict: 'text',
    next_why: 'text',
    flaps: 'jsonb',
    rests: 'uuid',
    edition: 'integer',
    inputs: 'bytea',
    judged_at: 'timestamptz',
    batch: 'uuid',
    salt: 'uuid',
  } as const
  const names = sql.raw(Object.keys(types).join(', '))
  const changes = Object.keys(types)
    .filter((name) => name !== 'test' && name !== 'subject')
    .map((name) => `${name} = excluded.${name}`)
  await sql`
    insert into posture.finding (organisation, ${names})
    select ${organisation}::uuid, w.* from ${columns(rows, types)} as w (${names})
    on conflict (organisation, test, subject) do update set ${sql.raw(changes.join(', '))}`.execute(tx)
}

export async function deleteFindings(tx: Tx, organisation: string, which: readonly Which[]): Promise<void> {
  if (which.length === 0) return
  await sql`
    delete from posture.finding f using ${columns(which, whichColumns)} as d (test, subject)
    where f.organisation = ${organisation} and f.test = d.test and f.subject = d.subject`.execute(tx)
}

export async function writePast(tx: Tx, organisation: string, rows: readonly PastRow[]): Promise<void> {
  if (rows.length === 0) return
  const types = {
    ...whichColumns,
    verdict: 'text',
    why: 'text',
    from_at: 'timestamptz',
    until_at: 'timestamptz',
    since: 'timestamptz',
    edition: 'integer',
    inputs: 'bytea',
    judged_at: 'timestamptz',
    batch: 'uuid',
    salt: 'uuid',
    rests: 'uuid',
    flaps: 'jsonb',
    ended: 'text',
  } as const
  const names = sql.raw(Object.keys(types).join(', '))
  await sql`
    insert into posture.past_finding (organisation, ${names})
    select ${organisation}::uuid, w.* from ${columns(rows, types)} as w (${names})`.execute(tx)
}

/** Keeps what judgements were made from. Equal inputs are kept once. */
export async function writeInputs(
  tx: Tx,
  organisation: string,
  inputs: readonly { readonly digest: Buffer; readonly content: readonly Input[] }[],
): Promise<void> {
  if (inputs.length === 0) return
  const types = { digest: 'bytea', content: 'jsonb' } as const
  await sql`
    insert into posture.input (organisation, digest, content)
    select distinct on (w.digest) ${organisation}::uuid, w.*
    from ${columns(inputs, types)} as w (digest, content) order by w.digest
    on conflict do nothing`.execute(tx)
}

/** What several tests say of one subject. */
export async function findingsOfSubject(
  tx: Tx,
  organisation: string,
  tests: readonly string[],
  subject: string,
): Promise<FindingRow[]> {
  const { rows } = await sql<FindingRow>`
    select ${findingColumns} from posture.finding f
    where f.organisation = ${organisation} and f.test = any(${tests}::text[]) and f.subject = ${subject}
    order by f.test`.execute(tx)
  return rows
}

/** Earlier versions of a finding, newest first. */
export async function pastOfFinding(
  tx: Tx,
  organisation: string,
  { test, subject }: Which,
  limit: number,
): Promise<PastRow[]> {
  const { rows } = await sql<PastRow>`
    select test, subject, verdict, why, from_at, until_at, since, edition, inputs, judged_at, batch, salt,
      rests, flaps, ended
    from posture.past_finding where organisation = ${organisation} and test = ${test} and subject = ${subject}
    order by until_at desc, from_at desc limit ${limit}`.execute(tx)
  return rows
}

/** The earlier version that was in force at a moment. */
export async function versionAt(
  tx: Tx,
  organisation: string,
  { test, subject }: Which,
  moment: Instant,
): Promise<Version | undefined> {
  const { rows } = await sql<Version>`
    select test, subject, verdict, why, from_at, until_at, edition, inputs, judged_at
    from posture.past_finding where organisation = ${organisation} and test = ${test} and subject = ${subject}
      and from_at <= ${at(moment)} and until_at > ${at(moment)}
    order by from_at desc limit 1`.execute(tx)
  return rows[0]
}

/** What a finding was judged from; undefined when nothing of that digest is kept. */
export async function inputOf(
  tx: Tx,
  organisation: string,
  digest: Buffer,
): Promise<readonly Input[] | undefined> {
  const { rows } = await sql<{ content: readonly Input[] }>`
    select content from posture.input where organisation = ${organisation} and digest = ${digest}`.execute(tx)
  return rows[0]?.content
}

/** When a judgement was made last; null before the first time. */
export async function judgedAt(
  tx: Tx,
  organisation: string,
  { test, subject }: Which,
): Promise<number | null> {
  const { rows } = await sql<{ judged_at: number | null }>`
    select judged_at from posture.judgement
    where organisation = ${organisation} and test = ${test} and subject = ${subject}`.execute(tx)
  return rows[0]?.judged_at ?? null
}
