import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { ArchiveError } from '../errors.ts'
import { planNamed, readSettings } from './settings.ts'

const folder = mkdtempSync(join(tmpdir(), 'hevd-backups-json-'))
afterAll(() => rmSync(folder, { recursive: true }))

const reader = `age1${'q'.repeat(58)}`
const another = `age1${'z'.repeat(58)}`
const disk = { kind: 'folder', path: '/srv/backups' }
const whole = {
  targets: { disk },
  recipients: [reader, reader],
  plans: [
    { name: 'hevd', of: { postgres: 'own' }, target: 'disk', full: 'P7D', incremental: 'PT5M' },
    { name: 'files', of: { folder: '/srv/files' }, target: 'disk', full: 'P1M', keep: { last: 3 } },
    {
      name: 'shop',
      of: { postgres: 'postgresql://db/postgres' },
      target: 'disk',
      full: 'P1D',
      recipients: [another],
    },
  ],
  drills: [{ source: 'elsewhere', target: 'disk', identityFile: '/root/hevd.identity', every: 'P30D' }],
}
const [own, files, shop] = whole.plans
const path = join(folder, 'backups.json')

function written(value: unknown, mode = 0o600) {
  writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value))
  chmodSync(path, mode)
  return readSettings(path)
}

function refused(value: unknown, mode?: number) {
  try {
    written(value, mode)
  } catch (error) {
    if (error instanceof ArchiveError) return { code: error.code, ...error.params }
    throw error
  }
  return null
}

test('says what is backed up, where to, for whom', () => {
  const settings = written(whole)
  expect(
    settings.plans.map(({ name, recipients, incremental, keep }) => [name, recipients, incremental, keep]),
  ).toEqual([
    ['hevd', [reader], 'PT5M', null],
    ['files', [reader], null, { last: 3 }],
    ['shop', [another], null, null],
  ])
  expect(settings.plans.map(({ of }) => of)).toEqual([
    { kind: 'postgresql', url: 'own' },
    { kind: 'folder', path: '/srv/files', exclude: [], oneFileSystem: true },
    { kind: 'postgresql', url: 'postgresql://db/postgres' },
  ])
  expect(settings.drills).toHaveLength(1)
  expect(() => planNamed(settings, 'fil')).toThrow(/no plan "fil".*hevd, files, shop/)
})

test.each([
  ['no JSON', '{', '–', /JSON/],
  ['a time that is none', { ...whole, plans: [{ ...own, full: 'weekly' }] }, 'plans.0.full', /^P7D$/],
  ['no time at all', { ...whole, plans: [{ ...own, full: 'PT0S' }] }, 'plans.0.full', /^P7D$/],
  ['a name that leaves its folder', { ...whole, plans: [{ ...own, name: '../x' }] }, 'plans.0.name', /a-z/],
  [
    'a target that is not there',
    { ...whole, plans: [{ ...own, target: 'tape' }] },
    'plans.0.target',
    /^disk$/,
  ],
  ['nobody to read it', { ...whole, recipients: [] }, 'recipients', /age1/],
  ['a reader that is none', { ...whole, recipients: ['ssh-ed25519 AAAA'] }, 'recipients.0', /^age1…$/],
  [
    'both a server and a folder',
    { ...whole, plans: [{ ...own, of: { postgres: 'own', folder: '/srv' } }] },
    'plans.0.of',
    /folder/,
  ],
  [
    'an address of something else',
    { ...whole, plans: [{ ...own, of: { postgres: 'mysql://db/x' } }] },
    'plans.0.of',
    /postgres/,
  ],
  [
    'a folder without its root',
    { ...whole, plans: [{ ...files, of: { folder: 'srv' } }] },
    'plans.0.of',
    /srv/,
  ],
  ['fewer than none', { ...whole, plans: [{ ...files, keep: { last: -1 } }] }, 'plans.0.keep.last', /0/],
  ['a target of another kind', { ...whole, targets: { disk: { kind: 'tape' } } }, 'targets.disk.kind', /./],
  [
    'a drill of nowhere',
    { ...whole, drills: [{ ...whole.drills[0], target: 'tape' }] },
    'drills.0.target',
    /^disk$/,
  ],
])('%s is refused by name', (_what, value, field, wants) => {
  expect(refused(value)).toEqual({
    code: 'settings-not-valid',
    path,
    field,
    wants: expect.stringMatching(wants),
  })
})

test('a field that is misspelt, and a name that is taken, are refused', () => {
  const misspelt = { ...whole, plans: [{ ...own, ful: 'P1D' }] }
  expect(refused(misspelt)).toEqual({ code: 'settings-unknown-field', path, field: 'plans.0.ful' })
  expect(refused({ ...whole, plans: [own, own] })).toEqual({ code: 'plan-exists', plan: 'hevd' })
  expect(() => readSettings(join(folder, 'none.json'))).toThrow(/hevd backups init/)
})

test('whoever can write it could read the backups; a credential is for its owner alone', () => {
  const store = { kind: 's3', endpoint: 'https://s3.example.org', region: 'eu', bucket: 'backups' }
  const keys = { accessKeyId: 'AKIA', secretAccessKey: 'not to be shown' }
  const secrets = [
    { ...whole, plans: [{ ...shop, of: { postgres: 'postgresql://backup:hunter2@db/postgres' } }] },
    { ...whole, targets: { disk, store: { ...store, credentials: keys } } },
  ]
  expect(refused(whole, 0o644)).toBeNull()
  expect(refused(whole, 0o664)).toEqual({ code: 'settings-writable', path })
  for (const secret of secrets) {
    expect(refused(secret, 0o640)).toEqual({ code: 'settings-exposed', path })
    expect(refused(secret, 0o600)).toBeNull()
  }
  const wrong = { ...whole, plans: [{ ...shop, of: { postgres: 'postgres//backup:hunter2@db' } }] }
  expect(JSON.stringify(refused(wrong))).not.toContain('hunter2')
})
