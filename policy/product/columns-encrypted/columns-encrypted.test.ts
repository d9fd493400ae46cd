import { postgresServers, scannedPlaces, sensitiveFinds, type ValueOf } from '@hevd/facts'
import { describe, expect, test } from 'vitest'
import { made } from '../../made.ts'
import { judgedIn, noon, said, type World } from '../../world.ts'
import { noPlainText } from './no-plain-text.ts'
import { serversScanned } from './servers-scanned.ts'

const day = 86_400_000
const policy = { scanEvery: 'P7D', sampleLeavesOpen: 10 }
const world = (...facts: World['facts']): World => ({
  facts,
  seen: [scannedPlaces, sensitiveFinds, postgresServers],
  scopes: ['h1', 'h1/5432'],
})

describe('no database holds secrets or identity numbers in plain text', () => {
  const judged = (place: Partial<ValueOf<typeof scannedPlaces>>, finds: World['facts'] = [], at = noon) =>
    judgedIn(world(made.scanned(place), ...finds), noPlainText, policy, at)['h1/5432/shop']

  test('identity numbers, the known-bad twin, by table, column and count', () => {
    expect(judged({}, [made.find()])).toMatchObject({
      verdict: 'fails',
      why: { code: 'found-in-plain-text', params: { where: ['public.users.ssn (3)'], places: 1 } },
    })
  })
  test.each<[string, World['facts']]>([
    ['a secret', [made.find({ kind: 'secret', detector: 'github-token' })]],
    ['half of a column, the rest encrypted', [made.find({ encrypted: 1000 })]],
  ])('%s fails', (_name, finds) => {
    expect(judged({}, finds)).toMatchObject({ verdict: 'fails' })
  })
  test.each<[string, World['facts']]>([
    ['addresses, which are of other controls', [made.find({ kind: 'email', detector: 'email' })]],
    ['what may be something else', [made.find({ confidence: 'low' })]],
    ['those of another database', [made.find({ place: 'h1/5432/other' })]],
  ])('%s: the subtle good neighbour holds, and says how much was looked at', (_name, finds) => {
    expect(judged({}, finds)).toMatchObject({
      verdict: 'holds',
      why: { code: 'scanned-whole', params: { looked: 1204 } },
    })
  })
  test.each<[string, Partial<ValueOf<typeof scannedPlaces>>, string]>([
    ['never scanned', { scannedAt: null, state: 'not-scanned' }, 'never-scanned'],
    ['scanned too long ago', { scannedAt: noon - 8 * day }, 'scan-too-old'],
    [
      'not all of it',
      { state: 'partial', gaps: [{ what: 'public.x', why: 'no-select' }], gapCount: 1 },
      'scan-partial',
    ],
    ['a sample that leaves too much open', { state: 'sample', open: 0.011 }, 'sample-too-small'],
  ])('%s is unknown', (_name, place, code) => {
    expect(judged(place)).toMatchObject({ verdict: 'unknown', why: { code } })
  })
  test('a find stays a failure however old and partial the scan', () => {
    expect(judged({ scannedAt: noon - 80 * day, state: 'partial' }, [made.find()])).toMatchObject({
      verdict: 'fails',
    })
  })
  test('a sample that leaves little open holds, and says that it is one', () => {
    expect(judged({ state: 'sample', open: 0.0049, of: 90_000 })).toMatchObject({
      verdict: 'holds',
      why: { code: 'scanned-sample', params: { looked: 1204, of: 90_000, open: 5 } },
    })
  })
  test('time alone makes it unknown', () => {
    expect(judged({}, [], noon + 7 * day - 1)).toMatchObject({ verdict: 'holds' })
    expect(judged({}, [], noon + 7 * day)).toMatchObject({ verdict: 'unknown' })
  })
  test('logs are not its subject, and a host that cannot be seen leaves it unknown', () => {
    expect(judged({ kind: 'logs' })).toBeUndefined()
    const unseen = [{ type: sensitiveFinds.name, scope: 'h1', state: 'failed' as const, detail: 'x' }]
    expect(judgedIn({ ...world(made.scanned()), unseen }, noPlainText, policy)['h1/5432/shop']).toMatchObject(
      { verdict: 'unknown' },
    )
  })
})

describe('of every known server the databases are scanned', () => {
  const server = said(postgresServers, {
    id: 'h1/5432',
    host: 'h1',
    version: '15.4',
    ssl: true,
    sslMinimumVersion: 'TLSv1.2',
    passwordEncryption: 'scram-sha-256',
    listenAddresses: ['127.0.0.1'],
    dataChecksums: true,
  })
  const judged = (...facts: World['facts']) => judgedIn(world(server, ...facts), serversScanned)['h1/5432']

  test('none of them: unknown by name', () => {
    expect(judged()).toMatchObject({ verdict: 'unknown', why: { code: 'server-not-scanned' } })
    expect(judged(made.scanned({ server: 'h1/5433' }))).toMatchObject({ verdict: 'unknown' })
    expect(judged(made.scanned({ scannedAt: null }))).toMatchObject({ verdict: 'unknown' })
  })
  test('one of them is enough here; what the others lack is said of each', () => {
    expect(judged(made.scanned())).toMatchObject({ verdict: 'holds' })
  })
})
