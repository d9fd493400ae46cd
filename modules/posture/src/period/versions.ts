import type { Instant } from '@hevd/core'
import { silentSpans } from '@hevd/feeds'
import { at, columns } from '@hevd/postgres'
import { type RawBuilder, sql } from 'kysely'
import type { JudgingGap } from '../store/judging.ts'

/** What the queries of a period are asked about. */
export type Asked = {
  readonly organisation: string
  readonly from: Instant
  /** Until when it is told: the period's end, or now while it runs. */
  readonly through: Instant
  readonly now: Instant
  readonly tests: readonly string[]
  readonly gaps: readonly JudgingGap[]
}

/** Some subjects of one test, both ends included, in the order of the database. */
export type Bounds = { readonly test: string; readonly first: string; readonly last: string }

/** Rows of all tests that are asked about, or of the subjects of one that lie within bounds: one range of an index. */
export function within({ organisation, tests }: Asked, bounds: Bounds | null): RawBuilder<unknown> {
  if (bounds === null) return sql`organisation = ${organisation} and test = any(${tests}::text[])`
  return sql`organisation = ${organisation} and test = ${bounds.test}
    and subject >= ${bounds.first} and subject <= ${bounds.last}`
}

/**
 * As `version`: every stretch in which one thing was said of a subject and that overlaps the period, uncut. What is said now
 * has no end; what fell due and was not moved is told as if it had been.
 */
export function versions(asked: Asked, bounds: Bounds | null = null): RawBuilder<unknown> {
  const { from, through } = asked
  const own = within(asked, bounds)
  return sql`version as (
    select test, subject, verdict, why, from_at, until_at, since, rests, edition, flaps
    from posture.past_finding
    where ${own} and until_at > ${at(from)} and from_at < ${at(through)} and from_at < until_at
    union all
    select test, subject, verdict, why, said_at, coalesce(until, 'infinity'), since, rests, edition, flaps
    from posture.finding
    where ${own} and said_at < ${at(through)} and (until is null or (until > ${at(from)} and said_at < until))
    union all
    select test, subject, next_verdict, next_why, greatest(until, said_at), 'infinity',
      case when next_verdict = verdict then since else until end, rests, edition, flaps
    from posture.finding where ${own} and until < ${at(through)})`
}

/**
 * As `piece`, after {@link versions}: what was said and could be believed, cut to the period. What held is unknown while a
 * source that it rested on was silent, from its last word on, or while nothing was judged. Of versions that did not
 * keep what they rested on, every source is one.
 */
export function pieces({ organisation, from, through, now, gaps }: Asked): RawBuilder<unknown> {
  const spans = gaps.map(({ from_at, until_at }) => ({ from_at, until_at: until_at ?? through }))
  const cut = (a: RawBuilder<unknown>, b: RawBuilder<unknown>) =>
    sql`tstzrange(greatest(${a}, ${at(from)}), least(${b}, ${at(through)}))`
  return sql`silence as materialized (
    select feed, ${cut(sql`from_at`, sql`coalesce(until_at, 'infinity')`)} as during
    from (${silentSpans(organisation, now)}) s
    where from_at < ${at(through)} and coalesce(until_at, 'infinity') > greatest(from_at, ${at(from)})),
  quiet as materialized (
    select f.id, range_agg(s.during) as during
    from posture.feed_set f cross join lateral unnest(f.feeds) u (feed) join silence s on s.feed = u.feed
    where f.organisation = ${organisation} group by f.id),
  anywhere as materialized (
    select coalesce((select range_agg(during) from silence), '{}'::tstzmultirange) as silent,
      coalesce((select range_agg(${cut(sql`g.a`, sql`g.b`)})
        from ${columns(spans, { from_at: 'timestamptz', until_at: 'timestamptz' })} as g (a, b)
        where g.a < ${at(through)} and g.b > greatest(g.a, ${at(from)})), '{}'::tstzmultirange) as unjudged),
  seen as (
    select v.*, ${cut(sql`v.from_at`, sql`v.until_at`)} as during, w.unjudged,
      case when v.rests is null then w.silent else coalesce(q.during, '{}'::tstzmultirange) end as silent
    from version v cross join anywhere w left join quiet q on q.id = v.rests),
  doubted as (
    select *, verdict = 'holds' and ((silent && during) or (unjudged && during)) as doubtful from seen),
  believed as (
    select test, subject, verdict, why, during from doubted where not doubtful
    union all
    select d.test, d.subject, p.verdict, p.why, p.part
    from doubted d cross join lateral (
      select 'holds' as verdict, d.why, r.part from unnest(tstzmultirange(during) - silent - unjudged) r (part)
      union all
      select 'unknown', ${because('unseen-silent')}, r.part from unnest(tstzmultirange(during) * silent) r (part)
      union all
      select 'unknown', ${because('judging-stopped')}, r.part
      from unnest(tstzmultirange(during) * unjudged - silent) r (part)) p
    where doubtful),
  piece as (
    select test, subject, verdict, why, lower(during) as from_at, upper(during) as until_at from believed)`
}

/** A reason in canonical JSON that says since when. */
function because(code: string): RawBuilder<unknown> {
  return sql`'{"code":"' || ${code}::text || '","params":{"since":' || ${inMilliseconds(sql`lower(r.part)`)} || '}}'`
}

/** Milliseconds since 1970 of a moment. */
export function inMilliseconds(moment: RawBuilder<unknown>): RawBuilder<number> {
  return sql<number>`floor(extract(epoch from ${moment}) * 1000)::bigint`
}

/**
 * As `deviation`, after {@link versions}: stretches in which a subject failed for one reason, cut to the period. `until_at`
 * is null where it goes on at the end; `since` is when the failing began, before the period too; `begun` how often it
 * had begun to fail of late.
 */
export function deviations({ from, through }: Asked): RawBuilder<unknown> {
  return sql`failing as (
    select *, why::jsonb ->> 'code' as code from version where verdict = 'fails'),
  begun as (
    select *, case when lag(until_at) over w = from_at and lag(code) over w = code then 0 else 1 end as begins
    from failing window w as (partition by test, subject order by from_at)),
  numbered as (
    select *, sum(begins) over (partition by test, subject order by from_at) as n from begun),
  deviation as (
    select test, subject, code, greatest(min(from_at), ${at(from)}) as from_at,
      case when max(until_at) > ${at(through)} then null else max(until_at) end as until_at,
      min(since) as since, (array_agg(why order by from_at desc))[1] as why, max(edition) as edition,
      coalesce(max(jsonb_array_length(flaps -> 'began')), 0) as begun
    from numbered group by test, subject, code, n)`
}
