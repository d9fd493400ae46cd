import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { testClock } from '@hevd/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rootContext } from '../domain/root-key.ts'
import type { KeysError } from '../errors.ts'
import { awsKmsSeal } from './aws-kms/aws-kms-seal.ts'
import { azureKmsSeal } from './azure-kms/azure-kms-seal.ts'
import type { AwsKmsConfig, AzureKmsConfig, GcpKmsConfig, TransitConfig } from './config.ts'
import { gcpKmsSeal } from './gcp-kms/gcp-kms-seal.ts'
import type { Seal, SealedRoot } from './seal.ts'
import { awsCredentials, awsKey, awsKmsStandIn } from './testdata/aws-kms-stand-in.ts'
import { azureClient, azureKmsStandIn } from './testdata/azure-kms-stand-in.ts'
import { gcpKey, gcpKmsStandIn } from './testdata/gcp-kms-stand-in.ts'
import type { Heard } from './testdata/stand-in.ts'
import { transitStandIn, transitToken } from './testdata/transit-stand-in.ts'
import { transitSeal as makeTransitSeal } from './transit/transit-seal.ts'

const clock = testClock('2026-03-02T09:00:00Z')
const context = rootContext('0199a4c2-0000-7000-8000-000000000001')
const rootKey = randomBytes(32)
const folder = mkdtempSync(join(tmpdir(), 'hevd-kms-'))
const within = 'PT5S'

const transit = await transitStandIn()
const aws = await awsKmsStandIn(clock.now)
const gcp = await gcpKmsStandIn(clock.now)
const azure = await azureKmsStandIn()
const account = join(folder, 'account.json')
beforeAll(() => writeFileSync(account, JSON.stringify(gcp.account)))
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await Promise.all([transit, aws, gcp, azure].map(({ close }) => close()))
})

const transitConfig: TransitConfig = {
  address: transit.origin,
  mount: 'transit',
  key: 'hevd-root',
  namespace: 'drift',
  authorities: null,
  token: { text: transitToken },
}
const awsConfig: AwsKmsConfig = {
  key: awsKey,
  region: 'eu-north-1',
  endpoint: aws.origin,
  credentials: awsCredentials,
}
const gcpConfig: GcpKmsConfig = { key: gcpKey, endpoint: gcp.origin, credentials: account }
const azureConfig: AzureKmsConfig = {
  key: `${azure.origin}/keys/hevd-root`,
  authority: azure.origin,
  scope: 'https://vault.azure.net/.default',
  ...azureClient,
}

type Service = { readonly seal: Seal; readonly heard: readonly Heard[]; readonly elsewhere: Seal }
/** `elsewhere` is where nothing listens. */
const nowhere = 'http://127.0.0.1:1'
const services: readonly (readonly [string, () => Service])[] = [
  [
    'Transit',
    () => ({
      seal: transitSeal(transitConfig),
      heard: transit.heard,
      elsewhere: transitSeal({ ...transitConfig, address: nowhere }),
    }),
  ],
  [
    'AWS KMS',
    () => ({
      seal: awsKmsSeal(awsConfig, clock, within),
      heard: aws.heard,
      elsewhere: awsKmsSeal({ ...awsConfig, endpoint: nowhere }, clock, within),
    }),
  ],
  [
    'Google Cloud KMS',
    () => ({
      seal: gcpKmsSeal(gcpConfig, clock, within),
      heard: gcp.heard,
      elsewhere: gcpKmsSeal({ ...gcpConfig, endpoint: nowhere }, clock, within),
    }),
  ],
  [
    'Azure Key Vault',
    () => ({
      seal: azureKmsSeal(azureConfig, within),
      heard: azure.heard,
      elsewhere: azureKmsSeal({ ...azureConfig, authority: nowhere }, within),
    }),
  ],
]

describe.each(services)('the seal by %s, against a stand-in that speaks its protocol', (_, service) => {
  const { seal, heard, elsewhere } = service()

  test('opens what it sealed, and the root key itself is never sent', async () => {
    const sealed = await seal.wrap(rootKey, context)
    expect(sealed.kind).toBe(seal.kind)
    expect(await seal.unwrap(JSON.parse(JSON.stringify(sealed)), context)).toEqual(rootKey)
    const seen = JSON.stringify([sealed, heard])
    for (const form of ['hex', 'base64', 'base64url'] as const)
      expect(seen).not.toContain(rootKey.toString(form).slice(0, 40))
  })

  test('opens for no other organisation', async () => {
    const sealed = await seal.wrap(rootKey, context)
    const fault = await faultOf(seal.unwrap(sealed, rootContext('another')))
    expect(['seal-does-not-open', 'seal-refused']).toContain(fault.code)
  })

  test('opens nothing that was altered', async () => {
    const sealed = await seal.wrap(rootKey, context)
    const box = Buffer.from(String(sealed.box), 'base64')
    for (const at of [0, 15, box.length - 1]) {
      const altered = Buffer.from(box)
      altered[at] = (altered[at] ?? 0) ^ 0x80
      const fault = await faultOf(seal.unwrap({ ...sealed, box: altered.toString('base64') }, context))
      expect(fault.code).toBe('seal-does-not-open')
    }
    expect((await faultOf(seal.unwrap({ ...sealed, wrapped: {} }, context))).code).toBe(
      'sealed-root-not-readable',
    )
  })

  test('tells where nothing answers', async () => {
    const fault = await faultOf(elsewhere.wrap(rootKey, context))
    expect(fault).toMatchObject({ code: 'seal-unreachable', status: 503 })
    expect(fault.message).toContain('(127.0.0.1:1: ECONNREFUSED)')
  })
})

describe('a refusal is told in the service’s own words, without a secret', () => {
  test.each<[string, () => Seal, string, string]>([
    [
      'Transit: token',
      () => transitSeal({ ...transitConfig, token: { text: 'hvs.other' } }),
      'seal-refused',
      'HTTP 403, permission denied',
    ],
    [
      'Transit: namespace',
      () => transitSeal({ ...transitConfig, namespace: null }),
      'seal-refused',
      'HTTP 404',
    ],
    [
      'AWS: secret',
      () => awsKmsSeal({ ...awsConfig, credentials: { ...awsCredentials, secret: 'sesam' } }, clock, within),
      'seal-refused',
      'InvalidSignatureException',
    ],
    [
      'AWS: clock',
      () => awsKmsSeal(awsConfig, testClock(clock.now() + 3_600_000), within),
      'seal-refused',
      'InvalidSignatureException',
    ],
    [
      'AWS: key',
      () => awsKmsSeal({ ...awsConfig, key: 'alias/none' }, clock, within),
      'seal-refused',
      'NotFoundException',
    ],
    [
      'Google: account',
      () => gcpKmsSeal({ ...gcpConfig, credentials: '/nowhere' }, clock, within),
      'seal-not-valid',
      '/nowhere',
    ],
    [
      'Google: clock',
      () => gcpKmsSeal(gcpConfig, testClock(clock.now() + 3_600_000), within),
      'seal-refused',
      'invalid_grant',
    ],
    [
      'Google: key',
      () => gcpKmsSeal({ ...gcpConfig, key: gcpKey.replace('root', 'none') }, clock, within),
      'seal-refused',
      'PERMISSION_DENIED',
    ],
    [
      'Azure: secret',
      () => azureKmsSeal({ ...azureConfig, secret: 'sesam' }, within),
      'seal-refused',
      'AADSTS7000215',
    ],
    [
      'Azure: key',
      () => azureKmsSeal({ ...azureConfig, key: `${azure.origin}/keys/none` }, within),
      'seal-refused',
      'KeyNotFound',
    ],
    [
      'plain HTTP elsewhere',
      () => transitSeal({ ...transitConfig, address: 'http://vault.example' }),
      'seal-not-valid',
      'https',
    ],
  ])('%s', async (_, seal, code, words) => {
    const fault = await faultOf(seal().wrap(rootKey, context))
    expect(fault.code).toBe(code)
    expect(fault.message).toContain(words)
    expect(fault.message + fault.stack).not.toMatch(/sesam|hvs\.|a secret|wJalrXUtn|PRIVATE KEY/)
  })
})

test('Transit (stand-in): a sealed Vault is out of reach for now, not a refusal', async () => {
  const sealed = await transitSeal(transitConfig).wrap(rootKey, context)
  transit.setSealed(true)
  const fault = await faultOf(transitSeal(transitConfig).unwrap(sealed, context))
  transit.setSealed(false)
  expect(fault.message).toContain('HTTP 503, Vault is sealed')
  expect(fault.code).toBe('seal-unreachable')
})

test('Transit (stand-in): a token file is read anew each time', async () => {
  const file = join(folder, 'token')
  const seal = transitSeal({ ...transitConfig, token: { file } })
  writeFileSync(file, 'hvs.old\n')
  expect((await faultOf(seal.wrap(rootKey, context))).code).toBe('seal-refused')
  writeFileSync(file, `${transitToken}\n`)
  expect((await seal.wrap(rootKey, context)).kind).toBe('transit')
})

test('AWS KMS (stand-in): credentials of a profile, and a profile that lacks them', async () => {
  const file = join(folder, 'credentials')
  const { id, secret, session } = awsCredentials
  const profile = `aws_access_key_id=${id}\naws_secret_access_key = ${secret}\naws_session_token= ${session}`
  writeFileSync(file, `[default]\naws_access_key_id = AKIAOTHER\n\n# ours\n[hevd]\n${profile}\n`)
  const by = (name: string) =>
    awsKmsSeal({ ...awsConfig, credentials: { file, profile: name } }, clock, within)
  expect((await by('hevd').wrap(rootKey, context)).kind).toBe('aws-kms')
  expect((await faultOf(by('default').wrap(rootKey, context))).message).toContain('default')
})

test('Google Cloud KMS (stand-in): an answer that was damaged on its way is not taken', async () => {
  const seal = gcpKmsSeal(gcpConfig, clock, within)
  const sealed = await seal.wrap(rootKey, context)
  gcp.damage(true)
  const fault = await faultOf(seal.unwrap(sealed, context))
  gcp.damage(false)
  expect(fault.message).toContain('CRC32C')
})

describe('Azure Key Vault (stand-in)', () => {
  const seal = azureKmsSeal(azureConfig, within)

  test('what an older version of the key sealed goes on opening', async () => {
    const sealed = await seal.wrap(rootKey, context)
    azure.rotate()
    expect(await seal.unwrap(sealed, context)).toEqual(rootKey)
  })

  test.each(['/keys/other/', '@127.0.0.1:1/keys/hevd-root/'])(
    'the token goes to no other address that somebody wrote into the database: %s',
    async (place) => {
      const sealed = await seal.wrap(rootKey, context)
      const before = azure.heard.length
      const altered: SealedRoot = JSON.parse(JSON.stringify(sealed).replace('/keys/hevd-root/', place))
      expect((await faultOf(seal.unwrap(altered, context))).code).toBe('seal-does-not-open')
      expect(azure.heard.length).toBe(before)
    },
  )
})

function transitSeal(config: TransitConfig): Seal {
  return makeTransitSeal(config, within)
}

async function faultOf(doing: Promise<unknown>): Promise<KeysError> {
  return doing.then(
    () => {
      throw new Error('It went well')
    },
    (error: KeysError) => error,
  )
}
