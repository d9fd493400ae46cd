import { approvedTexts, publishedTexts } from '@hevd/facts'
import { expect, test } from 'vitest'
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

test.each<[string, ReturnType<typeof shown>[], string | null]>([
  ['both languages as approved', [shown('nb'), shown('en')], null],
  ['another text in one, the known-bad twin', [shown('nb'), shown('en', 'bb')], 'published-differs'],
  ['one language missing', [shown('nb')], 'not-published'],
])('the page shows the approved text: %s', (_name, facts, code) => {
  const judged = judgedIn(world(...facts), publishedAsApproved).patched
  expect(judged).toMatchObject(code === null ? { verdict: 'holds' } : { verdict: 'fails', why: { code } })
})

test('a page that nobody has read back is unknown', () => {
  expect(judgedIn({ ...world(), seen: [approvedTexts] }, publishedAsApproved)).toMatchObject({
    patched: { verdict: 'unknown' },
  })
})

test('a text is reviewed every year', () => {
  const at = (now: number) => judgedIn(world(), reviewed, { reviewEvery: 'P1Y' }, now).patched?.verdict
  expect(at(noon)).toBe('holds')
  expect(at(noon + 266 * day)).toBe('fails')
})
