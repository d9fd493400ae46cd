import type { ErasureList, ErasurePreview, ErasureView } from '@hevd/people/contract'
import type { Amount } from './amount.ts'
import { personAt } from './registers.ts'

const day = 24 * 3_600_000

function erasure(index: number, now: number, over: Partial<ErasureView>): ErasureView {
  return {
    id: `e${index}`,
    batch: `b${index}`,
    state: 'done',
    waits: null,
    because: 'retention',
    name: null,
    askedBy: 'a1',
    askedAt: now - index * day,
    approvedBy: null,
    entries: 14 + index,
    observed: { tables: 31, columns: 62, remains: [] },
    finishedAt: now - index * day + 40_000,
    ...over,
  }
}

const hostStill = { table: 'feeds.fact', column: 'value', holds: 'host', rows: 3 }

export function erasuresFixture(amount: Amount, now: number): ErasureList {
  if (amount === 'none') return { retention: 'P1Y', due: [], erasures: [] }
  const left = { kind: 'employee', sponsor: null, endsOn: '2025-09-30', voluntary: true } as const
  const due = Array.from({ length: amount === 'much' ? 18 : 1 }, (_, index) => {
    const { sponsorName: _name, ...person } = personAt(index)
    return { ...person, ...left, due: '2026-10-01' }
  })
  const open = { finishedAt: null, entries: null }
  const erasures = [
    erasure(0, now, { ...open, state: 'asked', waits: 'approval', name: 'Ingrid Solheim', observed: null }),
    erasure(1, now, { ...open, state: 'history', waits: 'judging', name: 'Ola Bakke', observed: null }),
    erasure(2, now, { state: 'rewriting', waits: 'database', finishedAt: null }),
    erasure(3, now, { observed: { tables: 31, columns: 62, remains: [hostStill] } }),
    ...Array.from({ length: amount === 'much' ? 20 : 0 }, (_, index) => erasure(index + 4, now, {})),
  ]
  return { retention: 'P1Y', due, erasures }
}

export function erasurePreviewFixture(id: string): ErasurePreview {
  const index = Math.max(0, Number(id) - 1001)
  const { sponsorName: _name, ...person } = personAt(index)
  return {
    person: { ...person, endsOn: '2025-09-30', voluntary: true },
    due: '2026-10-01',
    isDue: true,
    hindrances: [],
    accounts: [
      { account: 'web-01/ingrid', seen: true },
      { account: 'db-01/ingrid', seen: false },
    ],
    goes: [
      { table: 'people.person', rows: 1 },
      { table: 'feeds.past_fact', rows: 4 },
      { table: 'posture.exception', rows: 2 },
    ],
    openPeriods: 1,
    needsApproval: false,
  }
}
