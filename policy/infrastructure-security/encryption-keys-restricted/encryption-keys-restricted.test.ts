import type { Test } from '@hevd/core'
import {
  encryptionKeys,
  hosts,
  keyAccounts,
  keyFiles,
  keyGrants,
  keyStoreLists,
  keyStores,
  namedServices,
  rootKeyCustody,
  type Said,
  type ValueOf,
} from '@hevd/facts'
import { describe, expect, test } from 'vitest'
import { made } from '../../made.ts'
import { judgedIn, noon, said, type World } from '../../world.ts'
import { grantApproved } from './grant-approved.ts'
import { holderThere } from './holder-there.ts'
import { encryptionKeysRestricted } from './index.ts'
import { keyFilesClosed } from './key-files-closed.ts'
import { keyRotated } from './key-rotated.ts'
import { rootKeyShared } from './root-key-shared.ts'
import { secondFactor } from './second-factor.ts'
import { storeReachTold } from './store-reach-told.ts'
import { storeRotated } from './store-rotated.ts'
import { storesListed } from './stores-listed.ts'

type Over<T> = Partial<ValueOf<T>>
const day = 86_400_000
const registers = [encryptionKeys, keyGrants, keyAccounts, rootKeyCustody, keyStores, keyStoreLists]
const seen = [...registers, namedServices, hosts, keyFiles]
const world = (...facts: readonly Said[]): World => ({ facts, seen, scopes: ['h1'] })
const kari = { kind: 'account', id: 'kari', name: 'Kari Nordmann' } as const
const backup = { kind: 'service', id: 'backup', name: 'Backup' } as const

const grant = (over: Over<typeof keyGrants> = {}) =>
  said(keyGrants, {
    ...{
      id: 'g1',
      key: 'k1',
      keyName: 'customers',
      holder: kari,
      operations: ['decrypt'],
      purpose: 'Kundestøtte',
    },
    ...{ from: '2026-01-01', until: '2026-12-31', askedBy: 'kari', approvedBy: 'ola' },
    ...{ singleApprover: false, revokedAt: null, ...over },
  })
const account = (over: Over<typeof keyAccounts> = {}) =>
  said(keyAccounts, { id: 'kari', name: 'Kari Nordmann', disabledAt: null, secondFactor: null, ...over })
const service = said(namedServices, { id: 'backup', name: 'Backup', owner: 'p1' })
const key = (over: Over<typeof encryptionKeys> = {}) =>
  said(encryptionKeys, {
    ...{ id: 'k1', name: 'customers', kind: 'aes256-gcm96', version: 3, rotatedAt: noon - 30 * day },
    ...{ exportable: false, deletedAt: null, ...over },
  })
const custody = (over: Over<typeof rootKeyCustody> = {}) =>
  said(rootKeyCustody, { id: 'hevd', seal: 'shares', custodians: ['a', 'b', 'c'], threshold: 2, ...over })
const store = (over: Over<typeof keyStores> = {}) =>
  said(keyStores, {
    ...{ id: 'kms', name: 'KMS', kind: 'aws-kms', place: 'eu-north-1', reachedBy: ['Drift'] },
    ...{ rotatedOn: '2026-01-15', toldAt: noon - 10 * day, ...over },
  })
const owned = { uid: null, gid: 115, everybody: false }
const file = (over: Over<typeof keyFiles> = {}) =>
  said(keyFiles, {
    ...{ host: 'h1', path: '/srv/app/tls.key', kind: 'private-key', encrypted: false, secrets: 1 },
    ...{ fingerprint: 'SHA256:x', mode: 0o644, openTo: { ...owned, everybody: true }, ...over },
  })
const list = (confirmedAt: number) =>
  said(keyStoreLists, { id: 'key-stores', confirmedAt, confirmedBy: 'ola', stores: 1 })
const custodians = (...disabled: readonly string[]) =>
  ['a', 'b', 'c', 'd'].map((id) => account({ id, disabledAt: disabled.includes(id) ? noon - day : null }))

const rotation = { rotateEvery: 'P1Y' }
const three = { rootKeyCustodians: 3 }

type Case = readonly [
  what: string,
  facts: readonly Said[],
  verdict: 'holds' | 'fails' | 'unknown' | 'outside',
  code?: string,
]

/** Each rule with its known-bad twin first, and its subtle good neighbours. */
const rules: readonly (readonly [Test, object, readonly Case[]])[] = [
  [
    grantApproved,
    {},
    [
      ['nobody approved it', [grant({ approvedBy: null })], 'fails', 'grant-not-approved'],
      ['who asked approved it', [grant({ approvedBy: 'kari' })], 'fails', 'grant-own-approval'],
      [
        'who has it approved what another asked for',
        [grant({ askedBy: 'ola', approvedBy: 'kari' })],
        'fails',
        'grant-own-approval',
      ],
      ['it says no purpose', [grant({ purpose: ' ' })], 'fails', 'grant-without-purpose'],
      ['another approved it', [grant()], 'holds', 'grant-approved'],
      [
        'the single administrator approved it',
        [grant({ approvedBy: 'kari', singleApprover: true })],
        'holds',
        'grant-single-approver',
      ],
      ['its last day is today', [grant({ until: '2026-06-15' })], 'holds', 'grant-approved'],
      [
        'nobody approved it, and it was over yesterday',
        [grant({ approvedBy: null, until: '2026-06-14' })],
        'outside',
      ],
      [
        'nobody approved it, and it begins tomorrow',
        [grant({ approvedBy: null, from: '2026-06-16' })],
        'outside',
      ],
      [
        'nobody approved it, and it was revoked',
        [grant({ approvedBy: null, revokedAt: noon - 1 })],
        'outside',
      ],
    ],
  ],
  [
    holderThere,
    {},
    [
      ['its account is disabled', [grant(), account({ disabledAt: noon - 1 })], 'fails', 'account-disabled'],
      ['its account is not there', [grant()], 'fails', 'account-gone'],
      ['its service was taken out of the register', [grant({ holder: backup })], 'fails', 'service-gone'],
      ['its account can sign in', [grant(), account()], 'holds'],
      ['its service is in the register', [grant({ holder: backup }), service], 'holds'],
      [
        'its account is disabled, and it was revoked',
        [grant({ revokedAt: noon - 1 }), account({ disabledAt: noon - 1 })],
        'outside',
      ],
    ],
  ],
  [
    secondFactor,
    {},
    [
      [
        'the account signs in with one factor',
        [grant(), account({ secondFactor: false })],
        'fails',
        'second-factor-missing',
      ],
      ['nobody can tell', [grant(), account()], 'unknown', 'second-factor-unknown'],
      ['the account has a second factor', [grant(), account({ secondFactor: true })], 'holds'],
      ['a service has none', [grant({ holder: backup }), service], 'outside'],
    ],
  ],
  [
    keyRotated,
    rotation,
    [
      [
        'the newest version is a year old',
        [key({ rotatedAt: Date.parse('2025-06-15T12:00:00Z') })],
        'fails',
        'key-too-old',
      ],
      ['it is an hour younger', [key({ rotatedAt: Date.parse('2025-06-15T13:00:00Z') })], 'holds'],
      ['it is old, and deleted', [key({ rotatedAt: 0, deletedAt: noon - day })], 'outside'],
    ],
  ],
  [
    rootKeyShared,
    three,
    [
      [
        'a key file opens it',
        [custody({ seal: 'file', custodians: [], threshold: 0 })],
        'fails',
        'root-key-not-shared',
      ],
      [
        'two custodians',
        [custody({ custodians: ['a', 'b'] }), ...custodians()],
        'fails',
        'custodians-too-few',
      ],
      ['one of three cannot sign in', [custody(), ...custodians('b')], 'fails', 'custodians-disabled'],
      ['three can', [custody(), ...custodians()], 'holds', 'root-key-shared'],
      [
        'one of four cannot, and three can',
        [custody({ custodians: ['a', 'b', 'c', 'd'] }), ...custodians('d')],
        'holds',
        'root-key-shared',
      ],
    ],
  ],
  [
    storesListed,
    {},
    [
      [
        'it was confirmed a year ago',
        [list(Date.parse('2025-06-15T12:00:00Z'))],
        'unknown',
        'stores-confirmed-long-ago',
      ],
      ['it was confirmed yesterday', [list(noon - day)], 'holds', 'stores-confirmed'],
    ],
  ],
  [
    storeReachTold,
    {},
    [
      ['nobody has told', [store({ reachedBy: null })], 'unknown', 'store-reach-not-told'],
      ['somebody told a year ago', [store({ toldAt: noon - 366 * day })], 'unknown', 'store-told-long-ago'],
      ['somebody told', [store()], 'holds', 'store-reach-told'],
      ['somebody told that no person can', [store({ reachedBy: [] })], 'holds', 'store-reach-told'],
    ],
  ],
  [
    storeRotated,
    rotation,
    [
      ['a year has gone', [store({ rotatedOn: '2025-06-14' })], 'fails', 'store-too-old'],
      ['nobody has told', [store({ rotatedOn: null })], 'unknown', 'store-rotation-not-told'],
      [
        'a year is gone at the end of the day',
        [store({ rotatedOn: '2025-06-15' })],
        'holds',
        'store-rotated',
      ],
    ],
  ],
  [
    keyFilesClosed,
    {},
    [
      ['every account reads a key, the known-bad twin', [made.host(), file()], 'fails', 'key-files-open'],
      ['a passphrase protects it', [made.host(), file({ encrypted: true })], 'holds'],
      ['its owner and a group read it', [made.host(), file({ openTo: owned })], 'holds'],
      ['there is none', [made.host()], 'holds'],
      ['the host is not of production', [made.host({ role: 'other' }), file()], 'outside'],
    ],
  ],
]

describe.each(rules)('$id', (rule, parameters, cases) => {
  const named = cases.map(([what, facts, verdict, code]) => ({ what, facts, verdict, code }))
  test.each(named)('$what', ({ facts, verdict, code }) => {
    const judged = Object.values(judgedIn(world(...facts), rule, { ...parameters }))
    if (verdict === 'outside') expect(judged).toEqual([])
    else expect(judged).toMatchObject([{ verdict, ...(code === undefined ? {} : { why: { code } }) }])
  })

  test('is one of the control’s', () => {
    expect(encryptionKeysRestricted.tests).toContain(rule)
  })
})

test('every rule of the control is in the table above', () => {
  expect(rules.map(([rule]) => rule.id).sort()).toEqual(
    encryptionKeysRestricted.tests.map(({ id }) => id).sort(),
  )
})

test('an account that could not be looked at is not fine, and one that was seen disabled is not excused', () => {
  const blind = (...facts: readonly Said[]): World => ({
    ...world(...facts),
    unseen: [{ type: 'key-account', scope: '-', state: 'failed', detail: 'gone' }],
  })
  expect(judgedIn(blind(grant()), holderThere)).toMatchObject({ g1: { verdict: 'unknown' } })
  expect(judgedIn(blind(grant(), account({ disabledAt: 1 })), holderThere)).toMatchObject({
    g1: { verdict: 'fails' },
  })
  expect(judgedIn(blind(custody()), rootKeyShared, three)).toMatchObject({ hevd: { verdict: 'unknown' } })
})
