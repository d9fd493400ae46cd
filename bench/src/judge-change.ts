import type { Bench } from './bench.ts'
import { dueAfterStart, noWrongAccount } from './judged-people.ts'
import { day, type JudgingGround, judgingGround, noon } from './judging-ground.ts'

const small = 10_000
const large = 1_000_000
const changes = 40
const rounds = 5

/** People with both tests judged, as if they had come by the register and been judged one by one; in SQL alone. */
async function seed({ admin }: JudgingGround, organisation: string, subjects: number): Promise<void> {
  const tests = [dueAfterStart.id, noWrongAccount.id]
  await admin('set session_replication_role = replica')
  await admin(
    `with person as materialized (
       select n, 'person-' || lpad(n::text, 8, '0') as id, gen_random_uuid() as fact
       from generate_series(1, $2::integer) n),
     said as (
       insert into feeds.fact (organisation, feed, type, key, id, scope, value, hash, observed_at, recorded_at)
       select $1, 'register/people', 'person', id, fact, '-', jsonb_build_object('id', id, 'name', 'Person ' || n,
         'kind', 'employee', 'sponsor', null, 'startsOn', '2026-05-20', 'endsOn', null, 'voluntary', null),
         sha256(id::bytea), $3, $3 from person)
     insert into feeds.fact_lookup (organisation, lookup_key, fact) select $1, 'person|byKey|' || id, fact from person`,
    [organisation, subjects, new Date(noon)],
  )
  const { rows } = await admin(
    `insert into posture.feed_set (organisation, id, feeds, scopes)
     values ($1, gen_random_uuid(), '{}', '{coverage|account-owner|-,coverage|person|-}') returning id`,
    [organisation],
  )
  const rests = rows[0].id
  for (const [index, test] of tests.entries()) {
    const key =
      index === 0 ? `'account-owner|ofAccount|course/' || s.id` : `'account-owner|ofOwner|person/' || s.id`
    const subject = `(select 'person-' || lpad(n::text, 8, '0') as id, n from generate_series(1, $3::integer) n) s`
    await admin(
      `insert into posture.judgement (organisation, test, subject, lookups, rests, judged_at)
       select $1, $2, s.id, array['person|byKey|' || s.id, ${key}], $4, $5 from ${subject}`,
      [organisation, test, subjects, rests, new Date(noon)],
    )
    await admin(
      `insert into posture.dependency (organisation, lookup_key, test, subject)
       select $1, k.key, $2, s.id from ${subject}, lateral (values ('person|byKey|' || s.id), (${key})) k (key)`,
      [organisation, test, subjects],
    )
    await admin(
      `insert into posture.finding (organisation, test, subject, verdict, said_at, since, seen_at, until, next_verdict,
         next_why, rests, edition, inputs, batch, salt)
       select $1, $2, s.id, 'holds', $5, $5, $5, $6::timestamptz, $7::text, $8::text, $4, 1, sha256(s.id::bytea),
         gen_random_uuid(), gen_random_uuid() from ${subject}`,
      [
        organisation,
        test,
        subjects,
        rests,
        new Date(noon),
        ...(index === 0
          ? [new Date(noon + 20 * day), 'fails', '{"code":"not-done","params":{}}']
          : [null, null, null]),
      ],
    )
    await admin(
      `insert into posture.tally (organisation, test, verdict, count) values ($1, $2, 'holds', $3)`,
      [organisation, test, subjects],
    )
  }
  await admin(
    `insert into posture.subject (organisation, kind, id, name, search)
     select $1, 'person', s.id, 'Person ' || n, lower('Person ' || n || ' ' || s.id)
     from (select 'person-' || lpad(n::text, 8, '0') as id, n from generate_series(1, $2::integer) n) s`,
    [organisation, subjects],
  )
}

/** One organisation in a database of its own, so that the small one does not lie in the large one's tables. */
async function prepared(subjects: number): Promise<{ ground: JudgingGround; organisation: string }> {
  const ground = await judgingGround([dueAfterStart, noWrongAccount])
  const organisation = await ground.organisation()
  await ground.target.db.transaction(organisation, async (tx) => {
    const open = (name: string, type: string) =>
      ground.feeds.openRegister(tx, organisation, { name, title: { nb: name, en: name }, types: [type] })
    await open('people', 'person')
    await open('owners', 'account-owner')
  })
  await ground.posture.settle(organisation)
  await seed(ground, organisation, subjects)
  await ground.admin('vacuum analyze')
  await ground.admin('checkpoint')
  return { ground, organisation }
}

/** A fact in, its verdict written: an account that is marked wrong, each time of another person. Seconds for each. */
async function change(
  { ground, organisation }: Awaited<ReturnType<typeof prepared>>,
  at: number,
): Promise<void> {
  const id = `person-${String(at).padStart(8, '0')}`
  const value = { account: `h1/${id}/wrong`, owner: { kind: 'person', id }, saidBy: 'bench' }
  await ground.target.db.transaction(organisation, (tx) =>
    ground.feeds.put(tx, organisation, 'owners', [{ type: 'account-owner', value }]),
  )
  await ground.posture.settle(organisation)
}

/** One change at 10^6 subjects against 10^4, each with a test that has a deadline and one that looks at facts. */
export const judgeChange: Bench = {
  name: 'judge-change',
  async run(report) {
    const sides = []
    for (const subjects of [small, large]) {
      sides.push({ subjects, best: 0, ...(await prepared(subjects)) })
      report(`${subjects} subjects are there`)
    }
    // The two take turns, so that what else the machine does meets both.
    for (let round = 0; round < rounds; round += 1)
      for (const side of sides) {
        const from = performance.now()
        for (let index = 0; index < changes; index += 1) await change(side, 1 + round * changes + index)
        const speed = (changes * 1000) / (performance.now() - from)
        side.best = Math.max(side.best, speed)
        report(`${side.subjects}: ${speed.toFixed(1)} changes/s`)
      }
    for (const side of sides) await expectFlipped(side.ground, side.organisation)
    for (const { ground } of sides) await ground.end()
    const [few, many] = sides
    return {
      ours: many?.best ?? 0,
      reference: few?.best ?? 1,
      unit: 'changes/s',
      what: 'the same change at 10^4 subjects; ours is at 10^6',
      others: [],
    }
  },
}

async function expectFlipped({ admin }: JudgingGround, organisation: string): Promise<void> {
  const { rows } = await admin(
    `select count(*)::integer as flipped from posture.finding where organisation = $1 and verdict = 'fails'`,
    [organisation],
  )
  if (rows[0].flipped !== rounds * changes) throw new Error(`${rows[0].flipped} have flipped`)
}
