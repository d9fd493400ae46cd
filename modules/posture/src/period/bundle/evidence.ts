import type { Instant } from '@hevd/core'
import { at, type Tx } from '@hevd/postgres'
import { nodeHash } from '@hevd/tlog'
import { sql } from 'kysely'
import type { Input } from '../../domain/inputs.ts'
import { findingLeafSql } from '../../store/finding-leaf.ts'
import type { SampleView } from '../contract.ts'
import type { Asked } from '../versions.ts'

/** What was said of one subject, with all that its leaf in the batch's tree is made of. */
export type VersionEvidence = {
  readonly subject: string
  readonly verdict: string
  readonly why: string | null
  readonly from: Instant
  readonly until: Instant | null
  readonly since: Instant
  readonly salt: string
  readonly edition: number
  /** SHA-256, hex, of the canonical JSON of the inputs. */
  readonly inputs: string
  readonly batch: string
}

/** Every version of the sample's subjects that overlaps the period. */
export async function versionsOfSample(
  tx: Tx,
  { organisation, from, through }: Asked,
  { test, subjects }: SampleView,
): Promise<VersionEvidence[]> {
  const own = sql`organisation = ${organisation} and test = ${test}
    and subject = any(${subjects.map(({ id }) => id)}::text[])`
  const { rows } = await sql<VersionEvidence>`
    select subject, verdict, why, from_at as "from", case when until_at <= ${at(through)} then until_at end as until, since,
      salt::text, edition, encode(inputs, 'hex') as inputs, batch::text
    from (
      select * from (select subject, verdict, why, from_at, until_at, since, salt, edition, inputs, batch
        from posture.past_finding where ${own}) p
      union all
      select subject, verdict, why, said_at, 'infinity', since, salt, edition, inputs, batch
      from posture.finding where ${own}) v
    where from_at < ${at(through)} and until_at > ${at(from)} and from_at < until_at
    order by subject, from_at`.execute(tx)
  return rows
}

/** Stored inputs by their digest, hex; those that are not kept are left out. */
export async function inputsBy(
  tx: Tx,
  organisation: string,
  digests: readonly string[],
): Promise<{ readonly [digest: string]: readonly Input[] }> {
  const { rows } = await sql<{ digest: string; content: readonly Input[] }>`
    select encode(digest, 'hex') as digest, content from posture.input
    where organisation = ${organisation} and digest = any(
      select decode(d, 'hex') from unnest(${digests}::text[]) d)`.execute(tx)
  return Object.fromEntries(rows.map(({ digest, content }) => [digest, content]))
}

/** Batches that made a deviation of the period be said. */
export async function batchesOfDeviations(tx: Tx, asked: Asked): Promise<string[]> {
  const { organisation, tests, from, through } = asked
  const own = sql`organisation = ${organisation} and test = any(${tests}::text[]) and verdict = 'fails'`
  const { rows } = await sql<{ batch: string }>`
    select distinct batch::text from (
      select batch from posture.past_finding
      where ${own} and until_at > ${at(from)} and from_at < ${at(through)}
      union all
      select batch from posture.finding where ${own} and said_at < ${at(through)}) b`.execute(tx)
  return rows.map(({ batch }) => batch)
}

/** The leaves of one batch in the order of its tree. */
export type BatchLeaves = {
  readonly batch: string
  readonly leaves: readonly { readonly test: string; readonly subject: string; readonly hash: Buffer }[]
}

/**
 * The trees of batches as they can be made from what is stored: of each subject the last that the batch made it say, and
 * those that it ended. Where a person was erased since, a tree comes out otherwise and proves nothing.
 */
export async function batchTrees(
  tx: Tx,
  organisation: string,
  batches: readonly string[],
): Promise<BatchLeaves[]> {
  type Row = { batch: string; test: string; subject: string; hash: Buffer }
  const named = sql`organisation = ${organisation} and batch = any(${batches}::uuid[])`
  const { rows } = await sql<Row>`
    with said as (
      select batch, test, subject, salt, verdict, since, why, from_at from posture.past_finding where ${named}
      union all
      select batch, test, subject, salt, verdict, since, why, said_at from posture.finding where ${named}),
    latest as (select distinct on (batch, test, subject) * from said order by batch, test, subject, from_at desc),
    times as (select batch, max(from_at) as at from said group by batch),
    ended as (
      select t.batch, p.test, p.subject, p.salt, p.ended as verdict, t.at as since, p.why
      from posture.past_finding p join times t on p.until_at = t.at
      where p.organisation = ${organisation} and p.ended is not null),
    leaf as (
      select batch, test, subject, salt, verdict, since, why from latest
      union all select * from ended)
    select batch::text, test, subject, ${findingLeafSql('leaf')} as hash from leaf
    order by batch, test collate "C", subject collate "C"`.execute(tx)
  const trees = new Map<string, Row[]>()
  for (const row of rows) {
    const leaves = trees.get(row.batch)
    if (leaves === undefined) trees.set(row.batch, [row])
    else leaves.push(row)
  }
  return [...trees].map(([batch, leaves]) => ({ batch, leaves }))
}

/** Sibling hashes of a leaf, bottom up (RFC 6962, 2.1.1). */
export function pathOf(index: number, leaves: readonly Uint8Array[]): Uint8Array[] {
  if (leaves.length <= 1) return []
  const middle = 2 ** Math.floor(Math.log2(leaves.length - 1))
  const [left, right] = [leaves.slice(0, middle), leaves.slice(middle)]
  return index < middle
    ? [...pathOf(index, left), rootOver(right)]
    : [...pathOf(index - middle, right), rootOver(left)]
}

function rootOver(leaves: readonly Uint8Array[]): Uint8Array {
  const [first] = leaves
  if (first === undefined) throw new Error('A tree of a batch has a leaf')
  if (leaves.length === 1) return first
  const middle = 2 ** Math.floor(Math.log2(leaves.length - 1))
  return nodeHash(rootOver(leaves.slice(0, middle)), rootOver(leaves.slice(middle)))
}
