import { accessGrants } from '@hevd/facts'
import { describe, expect, test } from 'vitest'
import { made } from '../../made.ts'
import { judgedIn, type World } from '../../world.ts'
import { reviewed } from './reviewed.ts'

const parameters = { recertifyEvery: 'P90D' }
const judged = (grant: World['facts'][number]) =>
  judgedIn({ facts: [grant], seen: [accessGrants] }, reviewed, parameters)['T-1']
const at = (iso: string) => Date.parse(iso)

/** It is noon on 15 June 2026; a grant from 1 January is due by 1 April. */
describe('every access is confirmed anew', () => {
  test.each<[string, Parameters<typeof made.grant>[0], object]>([
    [
      'never reviewed, the known-bad twin: the grant is named',
      {},
      {
        verdict: 'fails',
        why: { code: 'access-review-overdue', params: { grant: 'T-1', on: '2026-04-01' } },
      },
    ],
    ['given less than 90 days ago', { from: '2026-04-01' }, { verdict: 'holds' }],
    ['given in the future', { from: '2026-07-01' }, { verdict: 'holds' }],
    [
      'reviewed in time, and again due later',
      { reviews: [at('2026-03-31T10:00:00Z')] },
      { verdict: 'holds' },
    ],
    ['reviewed late: it stands again', { reviews: [at('2026-06-01T10:00:00Z')] }, { verdict: 'holds' }],
    [
      'reviewed once, and not again',
      { reviews: [at('2026-02-01T10:00:00Z')] },
      { verdict: 'fails', why: { params: { on: '2026-05-02' } } },
    ],
    ['ended before its review was due', { endedAt: at('2026-03-01T10:00:00Z') }, { verdict: 'holds' }],
    ['over before its review was due', { until: '2026-03-31' }, { verdict: 'holds' }],
  ])('%s', (_name, over, expected) => {
    expect(judged(made.grant(over))).toMatchObject(expected)
  })

  test('one occurrence a period, counted from when it was done', () => {
    const grant = made.grant({ reviews: [at('2026-03-31T10:00:00Z'), at('2026-06-01T10:00:00Z')] })
    const { occurrences } = { occurrences: undefined, ...judged(grant) }
    expect(occurrences?.map(({ state }: { state: string }) => state)).toEqual(['met', 'met', 'open'])
  })

  test('what was missed before it was reviewed late is late for ever', () => {
    const grant = made.grant({ reviews: [at('2026-06-01T10:00:00Z')] })
    const { occurrences } = { occurrences: undefined, ...judged(grant) }
    expect(occurrences?.map(({ state }: { state: string }) => state)).toEqual(['late', 'open'])
  })
})
