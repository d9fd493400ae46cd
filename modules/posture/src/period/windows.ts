import { at, type Tx } from '@hevd/postgres'
import { type RawBuilder, sql } from 'kysely'
import type { Asked, Bounds } from './versions.ts'

/** Which subjects are gone through: all that a test spoke of, those that it failed for, or those with something due. */
export type Judged = 'spoken-of' | 'failing' | 'due'

/** Where subjects go on: with this one (`again`), or after it. */
export type From = { readonly test: string; readonly subject: string; readonly again: boolean }

/** The end of the period too, since what is due lies before it though it has not come. */
type Windowed = Asked & { readonly until: number }

/**
 * The next up to `size` subjects of one test, in the order of the database, tests in order too; null where there are no
 * more. Every source is read in the order of an index and no longer than that, so the cost is that of `size`.
 */
export async function nextBounds(
  tx: Tx,
  asked: Windowed,
  judged: Judged,
  from: From | null,
  size: number,
): Promise<Bounds | null> {
  const { rows } = await sql<Bounds>`
    select t.test, w.first, w.last
    from (select test from unnest(${asked.tests}::text[]) as u (test)
      where test >= ${from?.test ?? ''} order by test) t
    cross join lateral (
      select min(subject) as first, max(subject) as last from (
        select subject from (${sql.join(sources[judged](asked, from, size), sql` union `)}) s
        order by subject limit ${size}) s) w
    where w.first is not null order by t.test limit 1`.execute(tx)
  return rows[0] ?? null
}

const sources: {
  readonly [J in Judged]: (asked: Windowed, from: From | null, size: number) => RawBuilder<unknown>[]
} = {
  'spoken-of': (asked, from, size) => [
    past(asked, from, size, sql``),
    present(
      asked,
      from,
      size,
      sql`said_at < ${at(asked.through)} and (until is null or until > ${at(asked.from)})`,
    ),
    present(asked, from, size, due(asked)),
  ],
  failing: (asked, from, size) => [
    past(asked, from, size, sql`and verdict = 'fails'`),
    present(
      asked,
      from,
      size,
      sql`verdict = 'fails' and said_at < ${at(asked.through)} and (until is null or until > ${at(asked.from)})`,
    ),
    present(asked, from, size, sql`next_verdict = 'fails' and ${due(asked)}`),
  ],
  due: (asked, from, size) => [
    distinct(
      sql`posture.occurrence`,
      asked,
      from,
      size,
      sql`due_at >= ${at(asked.from)} and due_at < ${at(asked.until)}`,
    ),
  ],
}

/** What fell due before the end and was not moved is told as if it had been. */
const due = ({ through }: Asked) => sql`until < ${at(through)}`

function past(asked: Asked, from: From | null, size: number, more: RawBuilder<unknown>): RawBuilder<unknown> {
  const overlaps = sql`until_at > ${at(asked.from)} and from_at < ${at(asked.through)} and from_at < until_at`
  return distinct(sql`posture.past_finding`, asked, from, size, sql`${overlaps} ${more}`)
}

function present(
  asked: Asked,
  from: From | null,
  size: number,
  where: RawBuilder<unknown>,
): RawBuilder<unknown> {
  return distinct(sql`posture.finding`, asked, from, size, where)
}

function distinct(
  table: RawBuilder<unknown>,
  { organisation }: Asked,
  from: From | null,
  size: number,
  where: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const begin = from === null ? '' : sql`case when t.test = ${from.test} then ${from.subject} else '' end`
  const rest = sql`subject ${from === null || from.again ? sql`>=` : sql`>`} ${begin}`
  return sql`(select distinct subject from ${table}
    where organisation = ${organisation} and test = t.test and ${rest} and ${where} order by subject limit ${size})`
}
