import {
  hosts,
  pciAttestations,
  scannedPlaces,
  sensitiveFinds,
  subprocessors,
  type ValueOf,
} from '@hevd/facts'
import { describe, expect, test } from 'vitest'
import { made } from '../../made.ts'
import { judgedIn, noon, said, type World } from '../../world.ts'
import { attested } from './attested.ts'
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

describe('payment providers show that they comply with PCI DSS', () => {
  const provider = (over: Partial<ValueOf<typeof subprocessors>> = {}) =>
    said(subprocessors, {
      ...{ id: 'stripe', name: 'Stripe', kind: 'subprocessor', places: ['IE'], reaches: null },
      ...{ payments: true, since: '2025-03-01', ...over },
    })
  const shown = (signedOn: string, validUntil: string | null = null) =>
    said(pciAttestations, {
      ...{ id: signedOn, subprocessor: 'stripe', level: 1, version: '4.0.1', signedOn, validUntil },
      ...{ reference: 'S3', evidence: null },
    })
  const judged = (facts: World['facts'], at = noon, attestEvery = 'P1Y') =>
    judgedIn({ facts, seen: [subprocessors, pciAttestations] }, attested, { attestEvery }, at)

  test('never: it fails by name, the known-bad twin', () => {
    expect(judged([provider()]).stripe).toMatchObject({
      verdict: 'fails',
      why: { code: 'attestation-missing', params: { on: '2025-03-01' } },
      occurrences: [{ state: 'overdue' }],
    })
  })
  test('in date, also where it was signed before we began, the subtle good neighbour', () => {
    expect(judged([provider({ since: '2026-06-01' }), shown('2025-09-01')]).stripe).toMatchObject({
      verdict: 'holds',
      occurrences: [{ state: 'met' }, { state: 'open' }],
    })
  })
  test('out of date, by its own word or by the policy: it fails from the day after', () => {
    const facts = [provider(), shown('2025-02-01'), shown('2025-09-01', '2026-05-31')]
    expect(judged(facts).stripe).toMatchObject({
      verdict: 'fails',
      why: { code: 'attestation-expired', params: { on: '2026-05-31' } },
    })
    const lasting = [provider(), shown('2025-02-01'), shown('2025-09-01', '2027-01-01')]
    expect(judged(lasting).stripe).toMatchObject({ verdict: 'holds' })
    expect(judged(lasting, noon, 'P6M').stripe).toMatchObject({ why: { params: { on: '2026-03-01' } } })
  })
  test('renewed late, it holds again, and stays late', () => {
    const facts = [provider(), shown('2025-02-01', '2026-01-31'), shown('2026-04-01')]
    expect(judged(facts).stripe).toMatchObject({
      verdict: 'holds',
      occurrences: [{ state: 'met' }, { state: 'late' }, { state: 'open' }],
    })
  })
  test('one that handles no payments owes none, and a register that cannot be read leaves it unknown', () => {
    expect(judged([provider({ payments: false })])).toEqual({})
    const unseen = [{ type: pciAttestations.name, scope: '-', state: 'failed' as const, detail: 'x' }]
    const world = { facts: [provider()], seen: [subprocessors], unseen }
    expect(judgedIn(world, attested, { attestEvery: 'P1Y' }).stripe).toMatchObject({ verdict: 'unknown' })
  })
})
