import { approvedTexts, publishedTexts } from '@hevd/facts'
import { describe, expect, test } from 'vitest'
import { judgedIn, noon, said } from '../../world.ts'
import { publishedAsApproved } from './published-as-approved.ts'
import { reviewed } from './reviewed.ts'

const day = 86_400_000
const approved = (reviewedAt: number) =>
  said(approvedTexts, {
    control: 'patched',
    digest: 'aa',
    locales: ['nb', 'en'],
    approvedAt: reviewedAt,
    reviewedAt,
  })
const shown = (locale: string, digest = 'aa') => said(publishedTexts, { control: 'patched', locale, digest })
const world = (...facts: ReturnType<typeof shown>[]) => ({
  facts: [approved(noon - 100 * day), ...facts],
  seen: [approvedTexts, publishedTexts],
})
const policy = { publishedWithin: 'PT15M' }

test.each<[string, ReturnType<typeof shown>[], string | null]>([
  ['both languages as approved', [shown('nb'), shown('en')], null],
  ['another text in one, the known-bad twin', [shown('nb'), shown('en', 'bb')], 'published-differs'],
  ['one language missing', [shown('nb')], 'not-published'],
])('the page shows the approved text: %s', (_name, facts, code) => {
  const judged = judgedIn(world(...facts), publishedAsApproved, policy).patched
  expect(judged).toMatchObject(code === null ? { verdict: 'holds' } : { verdict: 'fails', why: { code } })
})

test('a page that nobody has read back is unknown', () => {
  expect(judgedIn({ ...world(), seen: [approvedTexts] }, publishedAsApproved, policy)).toMatchObject({
    patched: { verdict: 'unknown' },
  })
})

test.each([
  ['the former text', [shown('nb', 'bb'), shown('en', 'bb')]],
  ['nothing', []],
])('%s is shown until the approved one must be', (_name, facts) => {
  const by = noon + 15 * 60_000
  const at = (moment: number) =>
    judgedIn(
      { facts: [approved(noon), ...facts], seen: [approvedTexts, publishedTexts] },
      publishedAsApproved,
      policy,
      moment,
    ).patched
  expect(at(by - 1)).toMatchObject({ verdict: 'holds', why: { code: 'publication-awaited', params: { by } } })
  expect(at(by)).toMatchObject({ verdict: 'fails' })
})

describe('a text is reviewed every year', () => {
  const text = (reviewedAt: number, earlierReviews: readonly number[] = []) => ({
    facts: [
      said(approvedTexts, {
        control: 'patched',
        digest: 'aa',
        locales: ['nb', 'en'],
        approvedAt: noon,
        reviewedAt,
        earlierReviews: [...earlierReviews],
      }),
    ],
    seen: [approvedTexts],
  })
  const at = (days: number, reviewedAt = noon, earlierReviews: readonly number[] = []) =>
    judgedIn(text(reviewedAt, earlierReviews), reviewed, { reviewEvery: 'P1Y' }, noon + days * day).patched

  test('approving it is the first review', () => {
    expect(at(364)).toMatchObject({ verdict: 'holds', occurrences: [{ state: 'open' }] })
    expect(at(365)).toMatchObject({ verdict: 'fails', why: { params: { on: '2027-06-15' } } })
  })
  test('a review in time is met, one after that is late, and both stay in the history', () => {
    expect(at(400, noon + 300 * day)).toMatchObject({
      verdict: 'holds',
      occurrences: [{ state: 'met' }, { state: 'open' }],
    })
    expect(at(400, noon + 390 * day)).toMatchObject({
      verdict: 'holds',
      occurrences: [{ state: 'late' }, { state: 'open' }],
    })
    expect(at(700, noon + 690 * day, [noon + 300 * day])).toMatchObject({
      occurrences: [{ state: 'met' }, { state: 'late' }, { state: 'open' }],
    })
  })
  test('a review that lies in the future is none yet', () => {
    expect(at(365, noon + 5000 * day)).toMatchObject({ verdict: 'fails' })
  })
})
