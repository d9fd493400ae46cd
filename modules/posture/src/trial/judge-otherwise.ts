import { controlOf, covers, type Tally, type Test, type TimeZone } from '@hevd/core'
import type { Tx } from '@hevd/postgres'
import { foresee } from '../domain/outlook.ts'
import type { Engine } from '../engine.ts'
import { answer } from '../judge/batch.ts'
import { type Looked, look } from '../judge/look.ts'
import { say } from '../judge/say.ts'
import { type Standing, shown } from '../read/standing.ts'
import { type Edition, inForce, parametersDigest } from '../store/editions.ts'
import type { ExceptedFinding } from '../store/exceptions.ts'
import { findingsOf } from '../store/findings.ts'
import { countAfter, judgementsAfter } from '../store/judgements.ts'
import type { FindingRow } from '../store/rows.ts'
import type { Flips, Stands } from './flips.ts'

/** What a dry run reads. */
export type Ground = {
  readonly engine: Engine
  readonly tx: Tx
  readonly organisation: string
  readonly standing: Standing
  readonly exceptions: readonly ExceptedFinding[]
  readonly zone: TimeZone
}

/** How a test was judged anew; `changed` is what its counts gain and lose. */
export type JudgedOtherwise = { readonly judged: number; readonly left: number; readonly changed: Tally }

type Edited = Omit<Edition, 'parameters_digest'>
const page = 500
const outside: Stands = { state: 'outside', why: null }

/** Judges everything that a test speaks of by another edition, page after page while there is time. */
export async function judgeOtherwise(
  ground: Ground,
  test: Test,
  edition: Edited,
  flips: Flips,
  inTime: () => boolean,
): Promise<JudgedOtherwise> {
  const { tx, organisation } = ground
  const changed = { holds: 0, fails: 0, unknown: 0, excepted: 0 }
  let judged = 0
  for (let after = ''; ; ) {
    if (!inTime()) return { judged, left: await countAfter(tx, organisation, test.id, after), changed }
    const pairs = await pageOf(ground, test, edition, after)
    for (const { looked, before, after: then } of pairs) {
      count(changed, before, -1)
      count(changed, then, 1)
      if (before.state === then.state) continue
      const subject = { kind: test.population.kind, id: looked.which.subject, name: looked.name }
      flips.add({ control: controlOf(test.id), test: test.id, subject, before, after: then })
    }
    judged += pairs.length
    const last = pairs.at(-1)
    if (last === undefined || pairs.length < page) return { judged, left: 0, changed }
    after = last.looked.which.subject
  }
}

type Pair = { readonly looked: Looked; readonly before: Stands; readonly after: Stands }

async function pageOf(ground: Ground, test: Test, edition: Edited, after: string): Promise<Pair[]> {
  const { engine, tx, organisation } = ground
  const known = await judgementsAfter(tx, organisation, test.id, after, page)
  const rests = new Map(known.map(({ subject, rests: set }) => [subject, set]))
  const rows = new Map((await findingsOf(tx, organisation, known)).map((row) => [row.subject, row]))
  const wanted = known.map(({ subject }) => ({ which: { test: test.id, subject }, test, stored: undefined }))
  const looked = wanted.length === 0 ? [] : await look(engine.feeds, tx, organisation, wanted, 'at-once')
  return looked.map((one) => {
    const { subject } = one.which
    const row = rows.get(subject) ?? null
    return {
      looked: one,
      before: row === null ? outside : standsNow(ground, row),
      after: standsThen(ground, one, row, rests.get(subject) ?? '', edition),
    }
  })
}

function standsNow({ standing }: Ground, row: FindingRow): Stands {
  const { verdict, why } = shown(row, standing)
  const excepted = standing.excepted.some(
    ({ finding }) => finding.test === row.test && finding.subject === row.subject,
  )
  return { state: excepted ? 'excepted' : verdict, why }
}

/** The same as `judgeOne` of a batch comes to, at this moment. */
function standsThen(
  ground: Ground,
  one: Looked,
  before: FindingRow | null,
  rests: string,
  edition: Edited,
): Stands {
  if (one.gone) return outside
  const { engine, standing, zone } = ground
  const parameters = inForce({ ...edition, parameters_digest: '' })
  const foresight = foresee(
    (moment) => answer(engine, one, parameters, moment),
    standing.now,
    zone,
    one.test.looksAgain,
  )
  if (foresight.now.verdict === 'outside') return outside
  const { row } = say(one.which, before, foresight.now, foresight, standing.now, {
    rests,
    edition: edition.number,
    inputs: nothing,
    batch: '',
    salt: '',
    damping: engine.damping,
  })
  const { verdict, why } = shown(row, standing)
  const excepted = verdict === 'fails' && isCovered(ground, row, edition)
  return { state: excepted ? 'excepted' : verdict, why }
}

const nothing = Buffer.alloc(0)

/** A failure that stands though the judge says otherwise keeps the edition that it was seen with. */
function isCovered({ exceptions, standing }: Ground, row: FindingRow, edition: Edited): boolean {
  const { test, subject } = row
  const { why } = shown(row, standing)
  if (why === null) return false
  return exceptions
    .filter(({ exception }) => exception.test === test && exception.subject === subject)
    .some(({ exception, parameters_digest: seenWith }) => {
      const digest = row.edition === edition.number ? parametersDigest(edition.parameters) : seenWith
      return covers(exception, { test, subject, why, parametersDigest: digest }, standing.now)
    })
}

function count(tally: { -readonly [N in keyof Tally]: number }, { state }: Stands, by: number): void {
  if (state === 'outside') return
  if (state === 'excepted') {
    tally.excepted += by
    tally.fails += by
  } else tally[state] += by
}
