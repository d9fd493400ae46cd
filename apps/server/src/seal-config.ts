import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SealsConfig } from '@hevd/keys'
import { ServerError } from './errors.ts'
import { isLoopback } from './loopback.ts'

type Environment = { readonly [name: string]: string | undefined }
/** The seals beside shares; null for one that is not set up. */
export type SealSettings = Pick<SealsConfig, 'file' | 'pkcs11' | 'transit' | 'awsKms' | 'gcpKms' | 'azureKms'>

/**
 * What seals the vault's root key beside shares, each switched on by its own variable; several at once, so that the vault can
 * go from one to another. Credentials are where each provider's own tools look for them.
 * Throws ServerError `setting-not-valid` and `file-not-readable`, without any value.
 */
export function sealsOf(environment: Environment): SealSettings {
  return {
    file: environment.HEVD_SEAL_FILE ?? null,
    pkcs11: pkcs11Of(environment),
    transit: transitOf(environment),
    awsKms: awsKmsOf(environment),
    gcpKms: gcpKmsOf(environment),
    azureKms: azureKmsOf(environment),
  }
}

/**
 * HEVD_SEAL_PKCS11_LIBRARY switches it on; HEVD_SEAL_PKCS11_TOKEN is the token's label, HEVD_SEAL_PKCS11_KEY the key's id in
 * hex. The PIN is in HEVD_SEAL_PKCS11_PIN_FILE or HEVD_SEAL_PKCS11_PIN. HEVD_SEAL_PKCS11_MECHANISM: `aes`, or `rsa` with the hash in
 * HEVD_SEAL_PKCS11_OAEP_HASH. HEVD_SEAL_PKCS11_ENV: names of variables that the library needs, with commas.
 */
function pkcs11Of(environment: Environment): SealSettings['pkcs11'] {
  const library = environment.HEVD_SEAL_PKCS11_LIBRARY
  if (library === undefined) return null
  const { HEVD_SEAL_PKCS11_PIN: text, HEVD_SEAL_PKCS11_PIN_FILE: file } = environment
  const key = needed(environment, 'HEVD_SEAL_PKCS11_KEY', '01')
  if (!/^([0-9a-f]{2})+$/i.test(key))
    throw new ServerError('setting-not-valid', { name: 'HEVD_SEAL_PKCS11_KEY', wants: '01' })
  const passed = (environment.HEVD_SEAL_PKCS11_ENV ?? '').split(',').map((name) => name.trim())
  return {
    library,
    token: needed(environment, 'HEVD_SEAL_PKCS11_TOKEN', 'Hevd'),
    key,
    mechanism: oneOf(environment, 'HEVD_SEAL_PKCS11_MECHANISM', ['aes', 'rsa']),
    oaepHash: oneOf(environment, 'HEVD_SEAL_PKCS11_OAEP_HASH', ['sha256', 'sha1', 'sha384', 'sha512']),
    pin:
      file === undefined
        ? { text: text ?? needed(environment, 'HEVD_SEAL_PKCS11_PIN_FILE', '/etc/hevd/pin') }
        : { file },
    environment: Object.fromEntries(
      ['PATH', 'HOME', ...passed].filter((name) => name !== '').map((name) => [name, environment[name]]),
    ),
  }
}

/**
 * HEVD_SEAL_TRANSIT_KEY switches it on; HEVD_SEAL_TRANSIT_MOUNT is `transit`. VAULT_ADDR, VAULT_NAMESPACE and VAULT_CACERT as
 * Vault's own tool reads them; the token is in VAULT_TOKEN, or in `~/.vault-token`, which is read anew each time.
 */
function transitOf(environment: Environment): SealSettings['transit'] {
  const key = environment.HEVD_SEAL_TRANSIT_KEY
  if (key === undefined) return null
  const { VAULT_TOKEN: token, VAULT_CACERT: authorities, HOME: home } = environment
  return {
    key,
    mount: environment.HEVD_SEAL_TRANSIT_MOUNT ?? 'transit',
    address: httpsOf('VAULT_ADDR', needed(environment, 'VAULT_ADDR', 'https://vault.example.org:8200')),
    namespace: environment.VAULT_NAMESPACE ?? null,
    authorities: authorities === undefined ? null : fileOf(authorities),
    token: token === undefined ? { file: join(home ?? '/', '.vault-token') } : { text: token },
  }
}

/**
 * HEVD_SEAL_AWS_KEY switches it on: id, ARN or alias. AWS_REGION, AWS_ENDPOINT_URL_KMS and credentials as AWS's tools read
 * them: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, or the profile AWS_PROFILE of
 * AWS_SHARED_CREDENTIALS_FILE (`~/.aws/credentials`).
 */
function awsKmsOf(environment: Environment): SealSettings['awsKms'] {
  const key = environment.HEVD_SEAL_AWS_KEY
  if (key === undefined) return null
  const region = environment.AWS_REGION ?? needed(environment, 'AWS_DEFAULT_REGION', 'eu-north-1')
  const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, HOME: home } = environment
  const endpoint = environment.AWS_ENDPOINT_URL_KMS ?? `https://kms.${region}.amazonaws.com`
  const file = environment.AWS_SHARED_CREDENTIALS_FILE ?? join(home ?? '/', '.aws', 'credentials')
  return {
    key,
    region,
    endpoint: httpsOf('AWS_ENDPOINT_URL_KMS', endpoint),
    credentials:
      id === undefined || secret === undefined
        ? { file, profile: environment.AWS_PROFILE ?? 'default' }
        : { id, secret, session: environment.AWS_SESSION_TOKEN ?? null },
  }
}

/** HEVD_SEAL_GCP_KEY switches it on: the key's resource name. GOOGLE_APPLICATION_CREDENTIALS: a service account's key file. */
function gcpKmsOf(environment: Environment): SealSettings['gcpKms'] {
  const key = environment.HEVD_SEAL_GCP_KEY
  if (key === undefined) return null
  const wants = 'projects/…/locations/…/keyRings/…/cryptoKeys/…'
  if (!/^projects\/[^/]+\/locations\/[^/]+\/keyRings\/[^/]+\/cryptoKeys\/[^/]+$/.test(key))
    throw new ServerError('setting-not-valid', { name: 'HEVD_SEAL_GCP_KEY', wants })
  const own = environment.CLOUDSDK_API_ENDPOINT_OVERRIDES_CLOUDKMS ?? 'https://cloudkms.googleapis.com'
  return {
    key,
    endpoint: httpsOf('CLOUDSDK_API_ENDPOINT_OVERRIDES_CLOUDKMS', own),
    credentials: needed(environment, 'GOOGLE_APPLICATION_CREDENTIALS', '/etc/hevd/service-account.json'),
  }
}

/** HEVD_SEAL_AZURE_KEY switches it on. AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_CLIENT_SECRET and AZURE_AUTHORITY_HOST. */
function azureKmsOf(environment: Environment): SealSettings['azureKms'] {
  const key = environment.HEVD_SEAL_AZURE_KEY
  if (key === undefined) return null
  const wants = 'https://vault-name.vault.azure.net/keys/hevd-root'
  if (!/\/keys\/[^/]+(\/[^/]+)?$/.test(key))
    throw new ServerError('setting-not-valid', { name: 'HEVD_SEAL_AZURE_KEY', wants })
  const managedHsm = /\.managedhsm\.azure\.net\//.test(key)
  const authority = environment.AZURE_AUTHORITY_HOST ?? 'https://login.microsoftonline.com'
  return {
    key: httpsOf('HEVD_SEAL_AZURE_KEY', key),
    authority: httpsOf('AZURE_AUTHORITY_HOST', authority),
    tenant: needed(environment, 'AZURE_TENANT_ID', '00000000-0000-0000-0000-000000000000'),
    client: needed(environment, 'AZURE_CLIENT_ID', '00000000-0000-0000-0000-000000000000'),
    secret: needed(environment, 'AZURE_CLIENT_SECRET', '…'),
    scope: managedHsm ? 'https://managedhsm.azure.net/.default' : 'https://vault.azure.net/.default',
  }
}

function needed(environment: Environment, name: string, wants: string): string {
  const value = environment[name]
  if (value !== undefined && value !== '') return value
  throw new ServerError('setting-not-valid', { name, wants })
}

/** The first one where the variable is not set. */
function oneOf<const Value extends string>(
  environment: Environment,
  name: string,
  values: readonly [Value, ...Value[]],
): Value {
  const given = environment[name] ?? values[0]
  const value = values.find((each) => each === given)
  if (value === undefined) throw new ServerError('setting-not-valid', { name, wants: values.join(', ') })
  return value
}

/** An address without a slash at its end; plain HTTP is for this host alone. */
function httpsOf(name: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  const plain = url?.protocol === 'http:' && isLoopback(url.hostname.replace(/^\[|\]$/g, ''))
  if (url?.protocol === 'https:' || plain) return text.replace(/\/+$/, '')
  throw new ServerError('setting-not-valid', { name, wants: 'https://…' })
}

function fileOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new ServerError('file-not-readable', { path, reason })
  }
}
