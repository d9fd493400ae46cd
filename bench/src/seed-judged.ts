import { type JudgingGround, noon } from './judging-ground.ts'

/**
 * So many subjects of one test as judging leaves them, each with one version that is past: one in twenty fails, as many
 * are unknown, the others hold.
 */
export async function seedJudged(
  { admin }: JudgingGround,
  organisation: string,
  test: string,
  subjects: number,
): Promise<void> {
  const asked = [organisation, test, subjects, new Date(noon)]
  const verdicts = `case when n % 20 = 1 then 'fails' when n % 20 = 2 then 'unknown' else 'holds' end`
  await admin(`insert into posture.feed_set (organisation, id, feeds, scopes) values ($1, $1, '{}', '{}')`, [
    organisation,
  ])
  await admin(
    `insert into posture.subject (organisation, kind, id, name, search)
     select $1, 'person', s.id, s.id, s.id
     from generate_series(1, $2::integer) n, lateral (select 'person-' || lpad(n::text, 8, '0') as id) s`,
    [organisation, subjects],
  )
  await admin(
    `insert into posture.finding (organisation, test, subject, verdict, why, said_at, since, failing_since, seen_at,
       rests, edition, inputs, batch, salt)
     select $1, $2, 'person-' || lpad(n::text, 8, '0'), v.verdict,
       case when v.verdict <> 'holds' then '{"code":"wrong-account","params":{}}' end, s.begin, s.begin,
       case when v.verdict = 'fails' then s.begin end, s.begin, $1, 1, sha256(n::text::bytea), gen_random_uuid(),
       gen_random_uuid()
     from generate_series(1, $3::integer) n, (select $4::timestamptz - interval '20 days' as begin) s,
       lateral (select ${verdicts} as verdict) v`,
    asked,
  )
  await admin(
    `insert into posture.past_finding (organisation, test, subject, verdict, why, from_at, until_at, since, edition,
       inputs, batch, salt, rests)
     select organisation, test, subject, 'unknown', '{"code":"wrong-account","params":{}}',
       said_at - interval '20 days', said_at, said_at - interval '20 days', edition, inputs, batch, salt, rests
     from posture.finding where organisation = $1`,
    [organisation],
  )
  await admin(
    `insert into posture.tally (organisation, test, verdict, count)
     select organisation, test, verdict, count(*) from posture.finding where organisation = $1 group by 1, 2, 3
     on conflict (organisation, test, verdict) do update set count = excluded.count`,
    [organisation],
  )
  await admin('vacuum analyze posture.finding, posture.past_finding, posture.subject')
}
