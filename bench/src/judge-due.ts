import type { Bench } from './bench.ts'
import { dueAfterStart } from './judged-people.ts'
import { day, type JudgingGround, judgingGround, noon } from './judging-ground.ts'

const subjects = 1_000_000
const rounds = 2

/** Findings that hold until noon and fail from then on, as judging leaves them. */
async function seed({ admin }: JudgingGround, organisation: string): Promise<void> {
  await admin('truncate posture.finding, posture.past_finding, posture.tally')
  await admin(
    `insert into posture.finding (organisation, test, subject, verdict, said_at, since, seen_at, until, next_verdict,
       next_why, rests, edition, inputs, batch, salt)
     select $1, $2, 'person-' || lpad(n::text, 8, '0'), 'holds', s.begin, s.begin, s.begin, $4, 'fails',
       '{"code":"not-done","params":{}}', $5, 1, sha256(n::text::bytea), gen_random_uuid(), gen_random_uuid()
     from generate_series(1, $3::integer) n, (select $4::timestamptz - interval '20 days' as begin) s`,
    [organisation, dueAfterStart.id, subjects, new Date(noon), organisation],
  )
  await admin(`insert into posture.tally (organisation, test, verdict, count) values ($1, $2, 'holds', $3)`, [
    organisation,
    dueAfterStart.id,
    subjects,
  ])
  await admin('vacuum analyze posture.finding')
  await admin('checkpoint')
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await run()
  return (performance.now() - from) / 1000
}

/** The reference: the same rows change and the same history is kept, and nothing else is done. */
const bare = `
  with due as (
    select * from posture.finding where organisation = $1 and test = $2 and until <= $3),
  changed as (
    update posture.finding f set verdict = due.next_verdict, why = due.next_why, said_at = due.until,
      since = due.until, failing_since = due.until, until = null, next_verdict = null, next_why = null
    from due where f.organisation = due.organisation and f.test = due.test and f.subject = due.subject)
  insert into posture.past_finding (organisation, test, subject, verdict, why, from_at, until_at, since, edition, inputs,
    batch, salt)
  select organisation, test, subject, verdict, why, said_at, until, since, edition, inputs, batch, salt from due`

/** 10^6 subjects fall due and flip: verdict, history, leaf of the log, counts and the control's state. */
export const judgeDue: Bench = {
  name: 'judge-due',
  async run(report) {
    const ground = await judgingGround([dueAfterStart])
    ground.clock.set(noon - 20 * day)
    let ours = 0
    let reference = 0
    for (let round = 1; round <= rounds; round += 1) {
      ground.clock.set(noon - 1)
      const organisation = await ground.organisation()
      const asked = [organisation, dueAfterStart.id, new Date(noon)]
      await seed(ground, organisation)
      report(`round ${round}: ${subjects} findings are there`)
      const bareTook = await timed(() => ground.admin(bare, asked))
      reference = Math.max(reference, subjects / bareTook)
      report(`round ${round}: bare update ${bareTook.toFixed(1)} s`)
      await seed(ground, organisation)
      ground.clock.set(noon)
      const took = await timed(() => ground.posture.settle(organisation))
      await expectFlipped(ground, organisation)
      ours = Math.max(ours, subjects / took)
      report(`round ${round}: ours ${took.toFixed(1)} s`)
    }
    await ground.end()
    return {
      ours,
      reference,
      unit: 'findings/s',
      what: 'one SQL update of the same findings with the insert of their history',
      others: [],
    }
  },
}

async function expectFlipped({ admin }: JudgingGround, organisation: string): Promise<void> {
  const { rows } = await admin(
    `select (select count(*) from posture.finding where organisation = $1 and verdict = 'fails') as flipped,
       (select count(*) from posture.past_finding where organisation = $1) as past,
       (select count from posture.tally where organisation = $1 and verdict = 'fails') as counted,
       (select state from posture.control_state where organisation = $1 and until_at is null) as state`,
    [organisation],
  )
  const found = JSON.stringify(rows[0])
  const wanted = JSON.stringify({
    flipped: `${subjects}`,
    past: `${subjects}`,
    counted: `${subjects}`,
    state: 'fails',
  })
  if (found !== wanted) throw new Error(`Not all have flipped: ${found}`)
}
