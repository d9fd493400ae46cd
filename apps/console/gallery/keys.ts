import type {
  Grant,
  GrantState,
  Key,
  KeyDetail,
  KeyFile,
  KeyFiles,
  KeyStores,
  KeyType,
  MadeToken,
  RootKey,
  TakenShare,
  Token,
  Use,
} from '@hevd/keys/contract'
import type { Amount } from './amount.ts'
import { accountsFixture, meFixture } from './registers.ts'

const day = 24 * 3_600_000
const types: readonly KeyType[] = ['aes256-gcm96', 'aes256-gcm96', 'ed25519', 'hmac', 'chacha20-poly1305']
const names = ['kundedata', 'fakturaer', 'signering-av-utgaver', 'sokeindeks', 'arkiv', 'lonn', 'api-nokler']

/** Ids of accounts are UUIDs; of keys and grants too. */
const uuid = (of: number, index: number) => `7d1c0b8${of}-0000-7000-8000-${String(index).padStart(12, '0')}`
const isoDate = (at: number) => new Date(at).toISOString().slice(0, 10)

function people(now: number) {
  const [me, olav, siri] = accountsFixture(now).map(({ id, name }) => ({ id, name }))
  if (me === undefined || olav === undefined || siri === undefined) throw new Error('Too few accounts')
  return { me, olav, siri, all: [me, olav, siri] }
}

function keyAt(index: number, now: number): Key {
  const base = names[index % names.length] ?? 'arkiv'
  const made = now - (400 - (index % 300)) * day
  const autoRotate = index % 3 === 2 ? null : 'P90D'
  const rotatedAt = now - ((index * 17) % 110) * day
  const deleted = index % 29 === 28
  return {
    id: uuid(1, index),
    name: index < names.length ? base : `${base}-${index}`,
    type: types[index % types.length] ?? 'aes256-gcm96',
    derived: index % 4 === 1,
    convergent: index % 8 === 1,
    version: 4,
    minDecryption: 2,
    minEncryption: 0,
    minAvailable: 1,
    deletionAllowed: index % 7 === 3 || deleted,
    exportable: index % 11 === 4,
    exportAsked: index === 1 ? { by: people(now).olav, at: now - 5 * 3_600_000 } : null,
    autoRotate,
    rotatesAt: autoRotate === null ? null : rotatedAt + 90 * day,
    madeAt: made,
    rotatedAt,
    lastUsedAt: index % 5 === 4 ? null : now - (index + 1) * 47 * 60_000,
    holders: index % 6 === 5 ? 0 : (index % 4) + 1,
    deletedAt: deleted ? now - 2 * day : null,
    destroysAt: deleted ? now + 5 * day : null,
  }
}

const countOf = (amount: Amount) => (amount === 'much' ? 240 : amount === 'little' ? 4 : 0)

export function keysFixture(amount: Amount, now: number): Key[] {
  return Array.from({ length: countOf(amount) }, (_, index) => keyAt(index, now))
}

const states: readonly GrantState[] = ['in-force', 'asked', 'in-force', 'to-come', 'in-force']

function grantAt(index: number, now: number, state = states[index % states.length] ?? 'in-force'): Grant {
  const { me, olav, siri } = people(now)
  const decided = state === 'asked' ? null : olav
  return {
    id: uuid(2, index),
    key: keyAt(index % 7, now).name,
    holder:
      index % 2 === 0
        ? { kind: 'service', id: `svc-${index}`, name: 'Faktureringen' }
        : { kind: 'account', ...(index % 3 === 0 ? me : siri) },
    operations: index % 2 === 0 ? ['encrypt', 'decrypt', 'rewrap'] : ['decrypt'],
    purpose: 'Kryptere kundenes fakturagrunnlag før det lagres, og lese det når fakturaen sendes.',
    from: isoDate(now + (state === 'to-come' ? 12 : -80) * day),
    until: isoDate(now + 200 * day),
    state,
    askedBy: index % 4 === 1 ? me : siri,
    askedAt: now - 81 * day,
    decidedBy: decided,
    decidedAt: decided === null ? null : now - 80 * day,
    singleApprover: index % 5 === 4,
    revokedBy: null,
    revokedAt: null,
    lastUsedAt: state === 'in-force' ? now - (index + 1) * 3_600_000 : null,
  }
}

export function keyGrantsFixture(amount: Amount, now: number): Grant[] {
  const count = amount === 'much' ? 80 : amount === 'little' ? 4 : 0
  return Array.from({ length: count }, (_, index) => grantAt(index, now))
}

function useAt(index: number, now: number): Use {
  const exact = index !== 0
  return {
    id: uuid(3, index),
    grant: uuid(2, 0),
    holder: { kind: 'service', id: 'svc-0', name: 'Faktureringen' },
    from: now - (index + 1) * 5 * 60_000,
    until: now - index * 5 * 60_000,
    counts: exact ? { 'encrypt/4': 1200 + index, 'decrypt/3': 14 } : {},
    uses: exact ? 1214 + index : 5000,
    exact,
  }
}

/** One key in detail; null where there is none of that name. */
export function keyFixture(name: string, amount: Amount, now: number): KeyDetail | null {
  const index = keysFixture(amount, now).findIndex((key) => key.name === name)
  if (index < 0) return null
  const key = keyAt(index, now)
  const many = amount === 'much'
  return {
    ...key,
    versions: [1, 2, 3, 4].map((version) => ({
      version,
      madeAt: now - (5 - version) * 90 * day,
      lastUsedAt: version > 2 ? now - version * 3_600_000 : null,
      destroyedAt: version === 1 ? now - 20 * day : null,
    })),
    grants: Array.from({ length: many ? 9 : 2 }, (_, at) => ({ ...grantAt(at, now), key: name })),
    uses: Array.from({ length: many ? 100 : 3 }, (_, at) => useAt(at, now)),
  }
}

function tokenAt(index: number, now: number): Token {
  const { me, siri } = people(now)
  const state = (['good', 'good', 'over', 'revoked'] as const)[index % 4] ?? 'good'
  return {
    id: uuid(4, index),
    holder:
      index % 3 === 1
        ? { kind: 'account', ...siri }
        : { kind: 'service', id: `svc-${index}`, name: 'Faktureringen' },
    sources: index % 2 === 0 ? ['10.20.0.0/16', '2001:db8:20::/48'] : [],
    madeBy: me,
    madeAt: now - 40 * day,
    until: isoDate(now + (state === 'over' ? -3 : 300) * day),
    lastUsedAt: index % 3 === 2 ? null : now - (index + 1) * 60_000,
    revokedAt: state === 'revoked' ? now - 6 * day : null,
    state,
  }
}

export function keyTokensFixture(amount: Amount, now: number): Token[] {
  const count = amount === 'much' ? 90 : amount === 'little' ? 4 : 0
  return Array.from({ length: count }, (_, index) => tokenAt(index, now))
}

export function madeTokenFixture(now: number): MadeToken {
  return { ...tokenAt(0, now), token: `hvk.${'k3Zt9Q'.repeat(7)}` }
}

export function keyHoldersFixture(now: number) {
  return [
    ...people(now).all.map((person) => ({ kind: 'account' as const, ...person })),
    { kind: 'service' as const, id: 'svc-0', name: 'Faktureringen' },
    { kind: 'service' as const, id: 'svc-1', name: 'Sikkerhetskopi' },
  ]
}

/** Not made yet, sealed with one share given, or open with another sealing under way. */
export function rootKeyFixture(amount: Amount, now: number): RootKey {
  const { me, olav, siri, all } = people(now)
  const plan = { threshold: 2, custodians: all }
  const none: RootKey = {
    state: 'uninitialised',
    why: null,
    seal: null,
    madeAt: null,
    sealedAt: null,
    plan: null,
    youAreCustodian: false,
    available: ['shares', 'file', 'aws-kms'],
    sharing: null,
    unsealing: null,
    resealing: null,
    keys: 0,
  }
  if (amount === 'none') return none
  const made: RootKey = {
    ...none,
    state: 'unsealed',
    seal: 'shares',
    madeAt: now - 400 * day,
    sealedAt: now - 12 * day,
    plan,
    youAreCustodian: true,
    keys: countOf(amount),
  }
  if (amount === 'little')
    return {
      ...made,
      state: 'sealed',
      unsealing: { ...plan, given: [olav], givenByYou: false, expiresAt: now + 9 * 60_000 },
    }
  const ceremony = { ...plan, given: [me], givenByYou: true, expiresAt: now + 11 * 60_000 }
  return { ...made, resealing: { seal: 'shares', plan: { threshold: 2, custodians: [me, siri] }, ceremony } }
}

/** Shares handed out, with the reader's own waiting. */
export function handingOutFixture(now: number): RootKey {
  const { me, olav, all } = people(now)
  return {
    ...rootKeyFixture('none', now),
    sharing: { threshold: 2, custodians: all, waitsFor: [me, olav], waitsForYou: true },
  }
}

/** Open, by a file, with nothing under way. */
export function byFileFixture(now: number): RootKey {
  return {
    ...rootKeyFixture('much', now),
    seal: 'file',
    plan: null,
    youAreCustodian: false,
    resealing: null,
  }
}

export const takenShareFixture: TakenShare = {
  share: [
    'HEVD1-04MPC-8DB3V-QT4H2-7WX0A-59NER-GK1JF-ZBY6S-D2M7C',
    '40QHV-XW8PT-3E9RA-N5K0G-F6JZ1-YS2BD-C7M4H-VQ8TX',
  ].join('-'),
  threshold: 2,
  custodians: 3,
}

export function keyStoresFixture(amount: Amount, now: number): KeyStores {
  const { me } = people(now)
  const stores = (
    [
      ['aws-produksjon', 'AWS, produksjon', 'aws-kms', 'arn:aws:kms:eu-north-1:111122223333', 3],
      ['tls-kant', 'TLS-nøkler på kanten', 'files', 'kant-01.oslo.fjordkraft.example:/etc/nginx/tls', null],
      ['signering', 'Signering av utgaver', 'hsm', 'YubiHSM i safen, Oslo', 0],
    ] as const
  ).map(([id, name, kind, place, reach]) => ({
    id,
    name,
    kind,
    place,
    reachedBy: reach === null ? null : ['Drift', 'Ingrid Solheim', 'rolle/deploy'].slice(0, reach),
    rotatedOn: reach === null ? null : isoDate(now - 100 * day),
    changedAt: now - 30 * day,
    changedBy: me,
  }))
  if (amount === 'none') return { stores: [], confirmed: null }
  return {
    stores,
    confirmed: amount === 'much' ? { at: now - 12 * day, by: meFixture('administrator', now).account } : null,
  }
}

export function keyFilesFixture(amount: Amount): KeyFiles {
  const made = (index: number): KeyFile => ({
    host: `h${index}`,
    hostName: `web-${String((index % 40) + 1).padStart(2, '0')}.oslo.fjordkraft.example`,
    path:
      ['/etc/nginx/tls/kant.key', '/srv/butikk/releases/20261101/.env', '/home/deploy/.ssh/id_ed25519'][
        index % 3
      ] ?? '',
    kind: index % 3 === 1 ? 'secrets' : 'private-key',
    encrypted: index % 3 === 2,
    fingerprint: index % 3 === 1 ? null : 'SHA256:0NMTf8hNpS2vYp1mJ8wQ4bVb0yq1m3nXo5r7t9u1w3Y',
    secrets: index % 3 === 1 ? 4 : 1,
    mode: [0o644, 0o640, 0o600][index % 3] ?? 0,
    readableBy: (['everybody', 'group', 'owner'] as const)[index % 3] ?? 'owner',
  })
  const total = { none: 0, little: 3, much: 1240 }[amount]
  return { files: Array.from({ length: Math.min(total, 200) }, (_, index) => made(index)), total }
}
