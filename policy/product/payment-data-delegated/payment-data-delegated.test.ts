import { hosts, scannedPlaces, sensitiveFinds } from '@hevd/facts'
import { describe, expect, test } from 'vitest'
import { made } from '../../made.ts'
import { judgedIn, noon, type World } from '../../world.ts'
import { logsScanned } from './logs-scanned.ts'
import { noBankDetails } from './no-bank-details.ts'
import { noCardNumbers } from './no-card-numbers.ts'
import { ownAccounts } from './own-accounts.ts'

const policy = { scanEvery: 'P7D', sampleLeavesOpen: 10, ownAccountsIn: [] }
const logs = made.scanned({
  id: 'h1/logs:/var/log',
  kind: 'logs',
  server: null,
  name: '/var/log',
  unit: 'bytes',
})
const card = made.find({ kind: 'card', detector: 'card-number', column: 'pan' })
const world = (...facts: World['facts']): World => ({
  facts,
  seen: [scannedPlaces, sensitiveFinds, hosts],
  scopes: ['h1'],
})

describe('card numbers', () => {
  const judged = (...facts: World['facts']) =>
    judgedIn(world(made.scanned(), logs, ...facts), noCardNumbers, policy)

  test('in a database, the known-bad twin', () => {
    expect(judged(card)).toMatchObject({
      'h1/5432/shop': { verdict: 'fails', why: { params: { where: ['public.users.pan (3)'] } } },
      'h1/logs:/var/log': { verdict: 'holds' },
    })
  })
  test('in a log, the other twin', () => {
    const inLog = made.find({
      place: 'h1/logs:/var/log',
      object: '/var/log/app.log',
      column: null,
      kind: 'card',
      detector: 'card-number',
      lines: [7, 9],
    })
    expect(judged(inLog)).toMatchObject({
      'h1/5432/shop': { verdict: 'holds' },
      'h1/logs:/var/log': { verdict: 'fails', why: { params: { where: ['/var/log/app.log (3)'] } } },
    })
  })
  test('numbers that chance explains, the subtle good neighbour', () => {
    const low = made.find({ kind: 'card', detector: 'card-number', confidence: 'low' })
    expect(judged(low)).toMatchObject({ 'h1/5432/shop': { verdict: 'holds' } })
  })
})

describe('bank details', () => {
  const account = made.find({ kind: 'bank-account', detector: 'bank-account', object: 'public.payroll' })
  const judged = (ownAccountsIn: readonly string[]) =>
    judgedIn(world(made.scanned(), account), noBankDetails, { ...policy, ownAccountsIn })['h1/5432/shop']

  test('of others fail; our own, said with a reason, do not', () => {
    expect(judged([])).toMatchObject({ verdict: 'fails' })
    expect(judged(['public.payroll: salaries'])).toMatchObject({ verdict: 'holds' })
    expect(judged(['public.payrol: salaries'])).toMatchObject({ verdict: 'fails' })
  })
  test('without a reason nothing is our own', () => {
    expect(() => ownAccounts(['public.payroll'])).toThrow('with a reason')
  })
})

describe('logs of production', () => {
  const judged = (...facts: World['facts']) =>
    judgedIn(world(made.host(), ...facts), logsScanned, policy, noon).h1

  test('scanned, or unknown by the host’s name', () => {
    expect(judged(logs)).toMatchObject({ verdict: 'holds' })
    expect(judged()).toMatchObject({ verdict: 'unknown', why: { code: 'logs-not-scanned' } })
    expect(judged(made.scanned())).toMatchObject({ verdict: 'unknown' })
  })
})
