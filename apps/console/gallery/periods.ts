import type { Catalogue } from '@hevd/core'
import type {
  ComputedReport,
  ControlOver,
  PeriodDetail,
  PeriodView,
  RowView,
  SampleView,
  TableName,
  TablesView,
} from '@hevd/posture/contract'
import type { Amount } from './amount.ts'

const day = 86_400_000
const from = Date.parse('2025-12-31T23:00:00Z')
const until = Date.parse('2026-12-31T23:00:00Z')
const digest = '6f1d'.repeat(16)

export function periodsFixture(amount: Amount): PeriodView[] {
  if (amount === 'none') return []
  const period: PeriodView = {
    id: '01980000-0000-7000-8000-000000000001',
    title: '2026',
    firstDay: '2026-01-01',
    lastDay: '2026-12-31',
    zone: 'Europe/Oslo',
    from,
    until,
    madeBy: 'u1',
    madeAt: from,
    state: amount === 'much' ? 'signed' : 'over',
    signing: amount === 'much' ? { by: 'u1', at: until + 9 * day, single: true, digest } : null,
  }
  return amount === 'little'
    ? [period]
    : Array.from({ length: 12 }, (_, index) => ({ ...period, id: `p${index}` }))
}

export function periodFixture(amount: Amount, { controls }: Catalogue): PeriodDetail {
  const [period] = periodsFixture(amount === 'none' ? 'little' : amount)
  if (period === undefined) throw new Error('The fixture has no period')
  const position = { size: amount === 'much' ? 1_204_311 : 812, root: 'a7'.repeat(32) }
  const { id, title, firstDay, lastDay, zone } = period
  return {
    period,
    report: {
      period: id,
      salt: id,
      title,
      firstDay,
      lastDay,
      zone,
      from,
      until,
      through: until,
      ledger: { start: { internal: null, public: null }, end: { internal: position, public: position } },
      controls: [...controls.values()].map((control) => {
        const failed = control.id === 'unique-accounts' ? 12 * day : 0
        const over: ControlOver = {
          id: control.id,
          title: control.title,
          attested: control.attested,
          bands: [
            { from: from + 40 * day, until: from + 200 * day, state: 'holds' },
            ...(failed > 0
              ? [{ from: from + 200 * day, until: from + 200 * day + failed, state: 'fails' as const }]
              : []),
            { from: from + 200 * day + failed, until, state: 'holds' },
          ],
          shares: {
            holds: until - from - 40 * day - failed,
            fails: failed,
            unknown: 0,
            excepted: 0,
            unwatched: 40 * day,
          },
          tests: control.tests.map(({ id: test, kind, population }) => ({
            id: test,
            kind,
            population: {
              title: population.title,
              source: population.source,
              query: `${population.type}|${population.by}`,
              where: null,
              reconciledWith: population.reconciledWith,
              atStart: 40,
              joined: 9,
              ever: 49,
              ended: 4,
              atEnd: 45,
            },
            time: { holds: 40 * 325 * day, fails: failed, unknown: 3 * day },
            deviations: failed > 0 ? rowsIn(amount) : 0,
            unseen: 1,
            occurrences: { met: 41, late: 2, missed: 1, 'not-observed': 0, overdue: 0, open: 3 },
          })),
          editions: 1,
        }
        return over
      }),
    },
  }
}

const rowsIn = (amount: Amount) => (amount === 'much' ? 240 : amount === 'little' ? 3 : 0)

/** A few kinds of columns, so that each form of a cell is looked at. */
export const periodTablesFixture: TablesView = (
  [
    'population',
    'deviations',
    'unseen',
    'silences',
    'judging',
    'occurrences',
    'editions',
    'exceptions',
    'answers',
  ] as const
).map((name: TableName) => ({
  name,
  columns: [
    { key: 'test', kind: 'test', title: { nb: 'Test', en: 'Test' } },
    { key: 'subject', kind: 'subject', title: { nb: 'Kontrollobjekt', en: 'Subject' } },
    { key: 'why', kind: 'reason', title: { nb: 'Hvorfor', en: 'Why' } },
    { key: 'from', kind: 'instant', title: { nb: 'Fra', en: 'From' } },
    { key: 'until', kind: 'instant', title: { nb: 'Til', en: 'Until' } },
    { key: 'lasted', kind: 'duration', title: { nb: 'Varte', en: 'Lasted' } },
    { key: 'answer', kind: 'text', title: { nb: 'Svar', en: 'Answer' } },
  ],
}))

export function periodRowsFixture(amount: Amount) {
  const items = Array.from(
    { length: Math.min(rowsIn(amount), 50) },
    (_, index): RowView => ({
      test: 'unique-accounts/one-owner',
      subject: `web-01/bruker${index}`,
      name: `bruker${index}@web-01.oslo.fjordkraft.example`,
      why: {
        code: 'owner-undeclared',
        params: {},
        text: { nb: 'Ingen er oppført som eier.', en: 'Nobody is listed as the owner.' },
      },
      from: from + (200 + index) * day,
      until: index === 0 ? null : from + (203 + index) * day,
      lasted: 3 * day,
      answer: index === 1 ? 'Kontoen tilhørte en tjeneste som var tatt ut av drift.' : null,
    }),
  )
  return { items, next: null, total: items.length }
}

export const computedFixture: ComputedReport = {
  digest,
  same: false,
  differing: ['unique-accounts', 'deviations'],
  erased: 1,
}

export function sampleFixture(amount: Amount): SampleView {
  return {
    test: 'unique-accounts/one-owner',
    seed: 'høst',
    of: rowsIn(amount),
    subjects: Array.from({ length: Math.min(rowsIn(amount), 25) }, (_, index) => ({
      id: `web-01/bruker${index}`,
      name: `bruker${index}@web-01`,
      rank: String(index).padStart(64, '0'),
      versions: [{ verdict: 'holds' as const, why: null, from: from + day, until: null, at: from + day }],
      occurrences: [],
    })),
  }
}
