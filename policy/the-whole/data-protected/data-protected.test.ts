import { dataSetPlaces, dataSets, people, scannedPlaces, sensitiveFinds, type ValueOf } from '@hevd/facts'
import { describe, expect, test } from 'vitest'
import { made } from '../../made.ts'
import { judgedIn, noon, said, type World } from '../../world.ts'
import { classFitsFound } from './class-fits-found.ts'
import { classified } from './classified.ts'
import { foundRegistered } from './found-registered.ts'
import { owned } from './owned.ts'
import { protectionsClaimed } from './protections-claimed.ts'
import { reviewed } from './reviewed.ts'

const day = 86_400_000
const policy = {
  classes: ['public', 'internal', 'confidential', 'sensitive'],
  encryptedAtRestFor: ['confidential', 'sensitive'],
  encryptedInTransitFor: ['internal', 'confidential', 'sensitive'],
  accessRestrictedFor: ['internal', 'confidential', 'sensitive'],
  backedUpFor: ['internal', 'confidential', 'sensitive'],
  retentionFor: ['sensitive'],
  foundOnlyIn: ['confidential', 'sensitive'],
  reviewEvery: 'P1Y',
}
const payroll = (over: Partial<ValueOf<typeof dataSets>> = {}) =>
  said(dataSets, {
    id: 'payroll',
    name: 'Lønn',
    class: 'sensitive',
    place: 'db1',
    owner: 'p1',
    encryptedAtRest: true,
    encryptedInTransit: true,
    accessRestricted: true,
    backedUp: true,
    retentionDays: 1825,
    enteredAt: noon,
    reviews: [],
    ...over,
  })
const world = (...facts: World['facts']): World => ({ facts, seen: [dataSets, people] })

describe('a set of data has an owner who works here', () => {
  test.each<[string, World['facts'], string | null]>([
    ['an owner', [payroll(), made.person()], null],
    ['an owner on their last day', [payroll(), made.person({ endsOn: '2026-06-15' })], null],
    ['no owner, the known-bad twin', [payroll({ owner: null })], 'data-without-owner'],
    ['an owner who is nobody', [payroll()], 'data-owner-unknown'],
    ['an owner who has left', [payroll(), made.person({ endsOn: '2026-06-14' })], 'data-owner-left'],
    ['an owner to come', [payroll(), made.person({ startsOn: '2026-06-16' })], 'data-owner-not-started'],
  ])('%s', (_name, facts, code) => {
    expect(judgedIn(world(...facts), owned).payroll).toMatchObject(
      code === null ? { verdict: 'holds' } : { verdict: 'fails', why: { code } },
    )
  })
  test('a register of people that cannot be read leaves it unknown', () => {
    expect(judgedIn({ facts: [payroll()], seen: [dataSets] }, owned).payroll).toMatchObject({
      verdict: 'unknown',
    })
  })
})

test.each<[string, Partial<ValueOf<typeof dataSets>>, string | null]>([
  ['a class of the scheme and a place', {}, null],
  ['no class, the known-bad twin', { class: null }, 'data-without-class'],
  ['a class of another scheme', { class: 'secret' }, 'data-class-unknown'],
  ['no place', { place: null }, 'data-without-place'],
])('classified: %s', (_name, over, code) => {
  expect(judgedIn(world(payroll(over)), classified, policy).payroll).toMatchObject(
    code === null ? { verdict: 'holds' } : { verdict: 'fails', why: { code } },
  )
})

describe('the protections that the class demands are claimed', () => {
  const judged = (over: Partial<ValueOf<typeof dataSets>>, parameters: object = {}) =>
    judgedIn(world(payroll(over)), protectionsClaimed, { ...policy, ...parameters }).payroll

  test('all of them: it holds, and says that it is declared', () => {
    expect(judged({})).toMatchObject({ verdict: 'holds', why: { code: 'protections-declared' } })
  })
  test.each<[string, Partial<ValueOf<typeof dataSets>>, readonly string[]]>([
    ['one, the known-bad twin', { encryptedAtRest: false }, ['at-rest']],
    [
      'all',
      {
        encryptedAtRest: false,
        encryptedInTransit: false,
        accessRestricted: false,
        backedUp: false,
        retentionDays: null,
      },
      ['at-rest', 'in-transit', 'access', 'backup', 'retention'],
    ],
    [
      'an internal one’s, which need not be encrypted at rest',
      { class: 'internal', encryptedAtRest: false, backedUp: false },
      ['backup'],
    ],
  ])('what lacks %s is named', (_name, over, lacks) => {
    expect(judged(over)).toMatchObject({ verdict: 'fails', why: { params: { lacks } } })
  })
  test('what the class does not demand is not missed', () => {
    expect(judged({ class: 'confidential', retentionDays: null })).toMatchObject({ verdict: 'holds' })
    expect(judged({ class: 'public', encryptedInTransit: false, backedUp: false })).toMatchObject({
      verdict: 'holds',
    })
  })
  test('what has no class of the scheme is judged by the class first', () => {
    expect(judged({ class: null })).toBeUndefined()
    expect(judged({}, { classes: ['open'] })).toBeUndefined()
  })
})

const lies = (over: Partial<ValueOf<typeof dataSetPlaces>> = {}) =>
  said(dataSetPlaces, {
    place: 'h1/5432/shop',
    object: 'public.users',
    dataSet: 'payroll',
    reason: null,
    ...over,
  })
const scannedWorld = (...facts: World['facts']): World => ({
  facts,
  seen: [dataSets, dataSetPlaces, scannedPlaces, sensitiveFinds],
  scopes: ['h1'],
})

describe('what a scan found belongs to a set', () => {
  test.each<[string, World['facts'], string, string | undefined]>([
    ['nothing found', [], 'holds', undefined],
    ['found in no set, the known-bad twin', [made.find()], 'fails', 'found-unregistered'],
    ['found in a set, the subtle good neighbour', [made.find(), lies()], 'holds', undefined],
    [
      'found in another table than the set’s',
      [made.find(), lies({ object: 'public.user' })],
      'fails',
      'found-unregistered',
    ],
    ['said to be none', [made.find(), lies({ dataSet: null, reason: 'Made people' })], 'holds', undefined],
    ['what may be something else', [made.find({ confidence: 'low' })], 'holds', undefined],
  ])('%s', (_name, facts, verdict, code) => {
    const world = scannedWorld(made.scanned(), ...facts)
    expect(judgedIn(world, foundRegistered)['h1/5432/shop']).toMatchObject(
      code === undefined
        ? { verdict }
        : { verdict, why: { code, params: { tables: ['public.users'], count: 1 } } },
    )
  })
  test('before anything was ever entered in the register, what was found is missing there', () => {
    const seen = [scannedPlaces, sensitiveFinds]
    const judged = (...facts: World['facts']) =>
      judgedIn({ facts: [made.scanned(), ...facts], seen, scopes: ['h1'] }, foundRegistered)['h1/5432/shop']
    expect(judged(made.find())).toMatchObject({ verdict: 'fails', why: { code: 'found-unregistered' } })
    expect(judged()).toMatchObject({ verdict: 'holds' })
  })
  test('a register that cannot be read leaves it unknown', () => {
    const unseen = [{ type: dataSetPlaces.name, scope: '-', state: 'failed' as const, detail: 'x' }]
    const world = { ...scannedWorld(made.scanned(), made.find()), unseen }
    expect(judgedIn(world, foundRegistered)['h1/5432/shop']).toMatchObject({ verdict: 'unknown' })
  })
  test('a database that was not scanned is unknown by name', () => {
    const world = scannedWorld(made.scanned({ scannedAt: null, state: 'not-scanned' }))
    expect(judgedIn(world, foundRegistered)['h1/5432/shop']).toMatchObject({
      verdict: 'unknown',
      why: { code: 'place-not-scanned' },
    })
  })
})

describe('what a scan found does not contradict the class that is claimed', () => {
  const judged = (set: Partial<ValueOf<typeof dataSets>>, ...facts: World['facts']) =>
    judgedIn(scannedWorld(payroll(set), ...facts), classFitsFound, policy).payroll

  test('identity numbers in an internal set, the known-bad twin', () => {
    expect(judged({ class: 'internal' }, lies(), made.find())).toMatchObject({
      verdict: 'fails',
      why: { code: 'class-too-low', params: { class: 'internal', found: ['national-id'] } },
    })
  })
  test.each<[string, Partial<ValueOf<typeof dataSets>>, World['facts']]>([
    ['the same in a sensitive set', {}, [lies(), made.find()]],
    ['in another table', { class: 'internal' }, [lies(), made.find({ object: 'public.other' })]],
    ['addresses, which may be public', { class: 'public' }, [lies(), made.find({ kind: 'email' })]],
  ])('%s: it holds', (_name, set, facts) => {
    expect(judged(set, ...facts)).toMatchObject({ verdict: 'holds' })
  })
  test('of a set whose place nobody has said, a scan tells nothing', () => {
    expect(judged({ class: 'internal' }, made.find())).toBeUndefined()
  })
})

describe('a set is reviewed every year', () => {
  const at = (days: number, reviews: readonly number[] = []) =>
    judgedIn(world(payroll({ reviews: [...reviews] })), reviewed, policy, noon + days * day).payroll

  test('entering it is the first review', () => {
    expect(at(364)).toMatchObject({ verdict: 'holds', occurrences: [{ state: 'open' }] })
    expect(at(365)).toMatchObject({ verdict: 'fails', why: { code: 'data-review-overdue' } })
  })
  test('in time is met, later is late, and each is counted from the one before', () => {
    expect(at(400, [noon + 300 * day])).toMatchObject({
      verdict: 'holds',
      occurrences: [{ state: 'met' }, { state: 'open' }],
    })
    expect(at(400, [noon + 390 * day])).toMatchObject({
      verdict: 'holds',
      occurrences: [{ state: 'late' }, { state: 'open' }],
    })
  })
})
