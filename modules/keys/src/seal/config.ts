import type { Duration } from '@hevd/core'

/** Settings of the seals; each is null where the server's environment does not name it (apps/server/src/seal-config.ts). */
export type SealsConfig = {
  /** HEVD_HOME, where a key file may not lie. */
  readonly home: string
  /** How long a ceremony keeps the shares that were given, from the first one on. */
  readonly ceremonyLife: Duration
  /** Longest wait for an answer of a key service or a token. */
  readonly answerWithin: Duration
  /** Path of the key file. */
  readonly file: string | null
  readonly pkcs11: Pkcs11Config | null
  readonly transit: TransitConfig | null
  readonly awsKms: AwsKmsConfig | null
  readonly gcpKms: GcpKmsConfig | null
  readonly azureKms: AzureKmsConfig | null
}

/** A key in a token (HSM, smart card), reached by OpenSC's `pkcs11-tool`. */
export type Pkcs11Config = {
  /** The vendor's library, such as `/usr/lib/softhsm/libsofthsm2.so`. */
  readonly library: string
  /** Label of the token. */
  readonly token: string
  /** CKA_ID of the key, in hex: `pkcs11-tool` finds keys by label only in listings. */
  readonly key: string
  /** `aes`: AES-CBC, both ways in the token. `rsa`: OAEP, wrapped with the public key, unwrapped in the token. */
  readonly mechanism: 'aes' | 'rsa'
  /** Hash of OAEP. */
  readonly oaepHash: 'sha1' | 'sha256' | 'sha384' | 'sha512'
  readonly pin: Secret
  /** PATH and other variables of the child, such as SOFTHSM2_CONF; never the PIN's. */
  readonly environment: { readonly [name: string]: string | undefined }
}

/** Transit of a Vault or OpenBao. */
export type TransitConfig = {
  readonly address: string
  readonly mount: string
  readonly key: string
  readonly namespace: string | null
  /** Authorities in PEM that are trusted beside nothing else; the system's where null. */
  readonly authorities: string | null
  readonly token: Secret
}

export type AwsKmsConfig = {
  /** Id, ARN or alias. */
  readonly key: string
  readonly region: string
  readonly endpoint: string
  /** In the environment, or a profile of a file as AWS's own tools keep it. */
  readonly credentials:
    | { readonly id: string; readonly secret: string; readonly session: string | null }
    | { readonly file: string; readonly profile: string }
}

export type GcpKmsConfig = {
  /** `projects/…/locations/…/keyRings/…/cryptoKeys/…`. */
  readonly key: string
  readonly endpoint: string
  /** Path of the service account's key in JSON. */
  readonly credentials: string
}

export type AzureKmsConfig = {
  /** `https://<vault>.vault.azure.net/keys/<name>`, with a version or without. */
  readonly key: string
  /** `https://login.microsoftonline.com`. */
  readonly authority: string
  readonly tenant: string
  readonly client: string
  readonly secret: string
  /** What the token is for: `https://vault.azure.net/.default`. */
  readonly scope: string
}

/** A secret, or the file it is read from each time it is needed. */
export type Secret = { readonly text: string } | { readonly file: string }

export const sealsDefaults: Omit<SealsConfig, 'home'> = {
  ceremonyLife: 'PT15M',
  answerWithin: 'PT15S',
  file: null,
  pkcs11: null,
  transit: null,
  awsKms: null,
  gcpKms: null,
  azureKms: null,
}
