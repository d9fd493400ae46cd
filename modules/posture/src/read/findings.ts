import { controlOf, flappingAt, type Instant, type State, sum, type Verdict, worst } from '@hevd/core'
import type { Tx } from '@hevd/postgres'
import { z } from 'zod'
import type { FindingQuery, FindingView, SubjectView } from '../contract.ts'
import type { Engine } from '../engine.ts'
import { PostureError } from '../errors.ts'
import { tallies } from '../store/counts.ts'
import { titlesInForce } from '../store/editions.ts'
import { findingsOfSubject } from '../store/findings.ts'
import type { FindingRow } from '../store/rows.ts'
import { namesOf } from '../store/subjects.ts'
import { type After, findingsInState, searchedCounts, type Wanted } from './page.ts'
import { type Standing, shown, standingOf } from './standing.ts'
import { wordsFor } from './words.ts'

const worstFirst = ['fails', 'unknown', 'excepted', 'holds'] as const satisfies readonly State[]
const cursorForm = z.tuple([z.enum(worstFirst), z.string(), z.string()])
type Row = { readonly finding: FindingRow; readonly state: State }

/** One page of findings, worst first and then by subject, with how many match in all. */
export async function findingPage(
  engine: Engine,
  tx: Tx,
  organisation: string,
  query: FindingQuery,
): Promise<{ items: FindingView[]; next: string | null; total: number }> {
  const standing = await standingOf(engine, tx, organisation)
  const wanted = wantedBy(engine, query, standing)
  const states: readonly State[] = query.state === undefined ? worstFirst : [query.state]
  const counts = await countsOf(tx, organisation, wanted, standing)
  const cursor = query.cursor === undefined ? null : parseCursor(query.cursor)
  const rows: Row[] = []
  for (const state of states.slice(cursor === null ? 0 : states.indexOf(cursor.state))) {
    const after = cursor?.state === state ? cursor : null
    const limit = query.limit + 1 - rows.length
    if (limit <= 0) break
    if (counts[state] === 0) continue
    rows.push(...(await rowsInState(tx, organisation, wanted, state, standing, after, limit)))
  }
  const items = rows.slice(0, query.limit)
  const last = rows.length > query.limit ? items.at(-1) : undefined
  return {
    items: await viewsOf(
      engine,
      tx,
      organisation,
      items.map(({ finding }) => finding),
      standing,
    ),
    next: last === undefined ? null : cursorOf(last),
    total: states.reduce((total: number, state) => total + counts[state], 0),
  }
}

/** Of controls that do not apply, only what is asked for by name. */
function wantedBy(
  { catalogue }: Engine,
  { control, test, kind, q }: FindingQuery,
  { applies }: Standing,
): Wanted {
  const named = control !== undefined || test !== undefined
  const tests = [...catalogue.tests.values()].filter(
    ({ id, population }) =>
      (named || applies(controlOf(id))) &&
      (control === undefined || controlOf(id) === control) &&
      (test === undefined || id === test) &&
      (kind === undefined || population.kind === kind),
  )
  return {
    tests: tests.map(({ id }) => id),
    kinds: tests.map(({ population }) => population.kind),
    search: (q ?? '').toLowerCase(),
  }
}

async function countsOf(
  tx: Tx,
  organisation: string,
  wanted: Wanted,
  standing: Standing,
): Promise<Readonly<Record<State, number>>> {
  if (wanted.search !== '') return searchedCounts(tx, organisation, wanted, standing)
  const all = sum([...(await tallies(tx, organisation, wanted.tests, standing)).values()])
  return { ...all, fails: all.fails - all.excepted }
}

async function rowsInState(
  tx: Tx,
  organisation: string,
  wanted: Wanted,
  state: State,
  standing: Standing,
  after: After | null,
  limit: number,
): Promise<Row[]> {
  if (state !== 'excepted') {
    const found = await findingsInState(tx, organisation, wanted, state, standing, after, limit)
    return found.map((finding) => ({ finding, state }))
  }
  const excepted = standing.excepted
    .map(({ finding }) => finding)
    .filter(({ test }) => wanted.tests.includes(test))
    .filter((finding) => after === null || inOrder(after, finding) < 0)
    .sort(inOrder)
  const named = wanted.search === '' ? null : await matching(tx, organisation, wanted, excepted)
  const found = named === null ? excepted : excepted.filter((finding) => named.has(finding))
  return found.slice(0, limit).map((finding) => ({ finding, state }))
}

async function matching(
  tx: Tx,
  organisation: string,
  { tests, kinds, search }: Wanted,
  findings: readonly FindingRow[],
): Promise<ReadonlySet<FindingRow>> {
  const kindOf = (finding: FindingRow) => kinds[tests.indexOf(finding.test)] ?? ''
  const wanted = findings.map((finding) => ({ kind: kindOf(finding), id: finding.subject }))
  const names = await namesOf(tx, organisation, wanted)
  return new Set(
    findings.filter((finding) => {
      const name = names.get(`${kindOf(finding)} ${finding.subject}`) ?? ''
      return `${name} ${finding.subject}`.toLowerCase().includes(search)
    }),
  )
}

function inOrder(a: After, b: After): number {
  const order = (x: string, y: string) => Buffer.compare(Buffer.from(x), Buffer.from(y))
  return order(a.subject, b.subject) || order(a.test, b.test)
}

function cursorOf({ state, finding: { subject, test } }: Row): string {
  return Buffer.from(JSON.stringify([state, subject, test])).toString('base64url')
}

function parseCursor(text: string): After & { readonly state: State } {
  try {
    const [state, subject, test] = cursorForm.parse(JSON.parse(Buffer.from(text, 'base64url').toString()))
    return { state, subject, test }
  } catch {
    throw new PostureError('cursor-not-valid')
  }
}

/** Findings as readers get them, with names, words and exceptions. */
export async function viewsOf(
  engine: Engine,
  tx: Tx,
  organisation: string,
  findings: readonly FindingRow[],
  standing: Standing,
): Promise<FindingView[]> {
  const kindOf = (test: string) => engine.catalogue.tests.get(test)?.population.kind ?? ''
  const names = await namesOf(
    tx,
    organisation,
    findings.map(({ test, subject }) => ({ kind: kindOf(test), id: subject })),
  )
  const titles = await titlesInForce(tx, organisation)
  const read = findings.map((finding) => ({ finding, effective: shown(finding, standing) }))
  const words = await wordsFor(
    engine,
    tx,
    organisation,
    read.map(({ effective }) => effective.why),
  )
  return read.map(({ finding, effective }): FindingView => {
    const { test, subject: id } = finding
    const kind = kindOf(test)
    const control = controlOf(test)
    const exception = standing.excepted.find(
      (one) => one.finding.test === test && one.finding.subject === id,
    )?.exception
    return {
      control,
      controlTitle: titles.get(control) ?? { nb: control, en: control },
      test,
      subject: { kind, id, name: names.get(`${kind} ${id}`) ?? id },
      verdict: effective.verdict,
      state: exception === undefined ? effective.verdict : 'excepted',
      why: words.orNull(test, effective.why),
      since: effective.since,
      failingSince: effective.failingSince,
      until: finding.until !== null && finding.until > standing.now ? finding.until : null,
      lastSeen: effective.lastSeen,
      flapping: flappingOf(engine, finding, effective.verdict, standing.now),
      exception: exception === undefined ? null : { id: exception.id, until: exception.until },
    }
  })
}

function flappingOf(
  { damping }: Engine,
  { flaps }: FindingRow,
  verdict: Verdict,
  now: Instant,
): FindingView['flapping'] {
  const flapping = flappingAt(flaps, now, damping)
  if (flapping === null) return null
  const heldSince = verdict === 'fails' ? flapping.heldSince : null
  return { ...flapping, heldSince, believedAt: heldSince && heldSince + damping.steady }
}

/** Every control that applies and speaks of one subject, worst first. Throws `no-such-finding` where none does. */
export async function subjectView(
  engine: Engine,
  tx: Tx,
  organisation: string,
  kind: string,
  id: string,
): Promise<SubjectView> {
  const standing = await standingOf(engine, tx, organisation)
  const tests = [...engine.catalogue.tests.values()].filter(
    (test) => test.population.kind === kind && standing.applies(controlOf(test.id)),
  )
  const rows = await findingsOfSubject(
    tx,
    organisation,
    tests.map((test) => test.id),
    id,
  )
  const views = await viewsOf(engine, tx, organisation, rows, standing)
  const [first] = views
  if (first === undefined) throw new PostureError('no-such-finding')
  const rank = ({ state }: FindingView) => worstFirst.indexOf(state)
  return {
    subject: first.subject,
    state: worst(views.map(({ state }) => state)),
    findings: views.toSorted((a, b) => rank(a) - rank(b)),
  }
}
