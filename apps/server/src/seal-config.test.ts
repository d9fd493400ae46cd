import { expect, test } from 'vitest'
import { readConfig } from './config.ts'
import { sealsOf } from './seal-config.ts'

const none = { file: null, pkcs11: null, transit: null, awsKms: null, gcpKms: null, azureKms: null }
const gcpKey = 'projects/p/locations/europe-north1/keyRings/hevd/cryptoKeys/root'
const azure = {
  HEVD_SEAL_AZURE_KEY: 'https://hevd.vault.azure.net/keys/root/',
  AZURE_TENANT_ID: 't',
  AZURE_CLIENT_ID: 'c',
  AZURE_CLIENT_SECRET: 'sesam',
}

test('none is set up where nothing says so, also where a provider’s own variables are there', () =>
  expect(sealsOf({ VAULT_ADDR: 'https://v', AWS_REGION: 'eu-north-1', AZURE_TENANT_ID: 't' })).toEqual(none))

test('the server reads them', () =>
  expect(readConfig({ HEVD_SEAL_FILE: '/etc/hevd/seal.key' }, true).seals).toEqual({
    ...none,
    file: '/etc/hevd/seal.key',
  }))

test.each<[string, Record<string, string>, object]>([
  [
    'PKCS #11',
    {
      HEVD_SEAL_PKCS11_LIBRARY: '/usr/lib/softhsm/libsofthsm2.so',
      HEVD_SEAL_PKCS11_TOKEN: 'Hevd',
      HEVD_SEAL_PKCS11_KEY: 'a1',
      HEVD_SEAL_PKCS11_PIN_FILE: '/etc/hevd/pin',
      HEVD_SEAL_PKCS11_ENV: 'SOFTHSM2_CONF',
      SOFTHSM2_CONF: '/etc/softhsm.conf',
      PATH: '/usr/bin',
      DATABASE_URL: 'postgres://secret',
    },
    {
      pkcs11: {
        library: '/usr/lib/softhsm/libsofthsm2.so',
        token: 'Hevd',
        key: 'a1',
        mechanism: 'aes',
        oaepHash: 'sha256',
        pin: { file: '/etc/hevd/pin' },
        environment: { PATH: '/usr/bin', HOME: undefined, SOFTHSM2_CONF: '/etc/softhsm.conf' },
      },
    },
  ],
  [
    'Transit, with the token of Vault’s own tool',
    { HEVD_SEAL_TRANSIT_KEY: 'root', VAULT_ADDR: 'https://vault.example:8200/', HOME: '/root' },
    {
      transit: {
        key: 'root',
        mount: 'transit',
        address: 'https://vault.example:8200',
        namespace: null,
        authorities: null,
        token: { file: '/root/.vault-token' },
      },
    },
  ],
  [
    'AWS, by a profile',
    {
      HEVD_SEAL_AWS_KEY: 'alias/hevd',
      AWS_DEFAULT_REGION: 'eu-north-1',
      HOME: '/root',
      AWS_PROFILE: 'drift',
    },
    {
      awsKms: {
        key: 'alias/hevd',
        region: 'eu-north-1',
        endpoint: 'https://kms.eu-north-1.amazonaws.com',
        credentials: { file: '/root/.aws/credentials', profile: 'drift' },
      },
    },
  ],
  [
    'Google',
    { HEVD_SEAL_GCP_KEY: gcpKey, GOOGLE_APPLICATION_CREDENTIALS: '/etc/hevd/account.json' },
    {
      gcpKms: {
        key: gcpKey,
        endpoint: 'https://cloudkms.googleapis.com',
        credentials: '/etc/hevd/account.json',
      },
    },
  ],
  [
    'Azure',
    { ...azure, HEVD_SEAL_AZURE_KEY: 'https://hevd.vault.azure.net/keys/root' },
    {
      azureKms: {
        key: 'https://hevd.vault.azure.net/keys/root',
        authority: 'https://login.microsoftonline.com',
        tenant: 't',
        client: 'c',
        secret: 'sesam',
        scope: 'https://vault.azure.net/.default',
      },
    },
  ],
])('%s', (_, environment, expected) => expect(sealsOf(environment)).toEqual({ ...none, ...expected }))

test.each<[string, Record<string, string>]>([
  ['HEVD_SEAL_PKCS11_KEY', { HEVD_SEAL_PKCS11_LIBRARY: '/x.so' }],
  ['HEVD_SEAL_PKCS11_KEY', { HEVD_SEAL_PKCS11_LIBRARY: '/x.so', HEVD_SEAL_PKCS11_KEY: 'root' }],
  ['HEVD_SEAL_PKCS11_TOKEN', { HEVD_SEAL_PKCS11_LIBRARY: '/x.so', HEVD_SEAL_PKCS11_KEY: 'a1' }],
  [
    'HEVD_SEAL_PKCS11_MECHANISM',
    {
      HEVD_SEAL_PKCS11_LIBRARY: '/x.so',
      HEVD_SEAL_PKCS11_TOKEN: 't',
      HEVD_SEAL_PKCS11_KEY: 'a1',
      HEVD_SEAL_PKCS11_MECHANISM: 'des',
    },
  ],
  ['VAULT_ADDR', { HEVD_SEAL_TRANSIT_KEY: 'root' }],
  ['VAULT_ADDR', { HEVD_SEAL_TRANSIT_KEY: 'root', VAULT_ADDR: 'http://vault.example:8200' }],
  ['AWS_DEFAULT_REGION', { HEVD_SEAL_AWS_KEY: 'alias/hevd' }],
  ['HEVD_SEAL_GCP_KEY', { HEVD_SEAL_GCP_KEY: 'root' }],
  ['GOOGLE_APPLICATION_CREDENTIALS', { HEVD_SEAL_GCP_KEY: gcpKey }],
  ['HEVD_SEAL_AZURE_KEY', azure],
  ['AZURE_CLIENT_SECRET', { ...azure, HEVD_SEAL_AZURE_KEY: 'https://h/keys/r', AZURE_CLIENT_SECRET: '' }],
])('%s is named where it is missing or wrong, and no secret is told', (name, environment) => {
  const reading = () => sealsOf(environment)
  expect(reading).toThrow(name)
  expect(reading).not.toThrow('sesam')
})
