import type { GrantState, KeyType, Operation } from '@hevd/keys/contract'
import { type Said, words } from '@hevd/ui'

/** What a key is, by the algorithms' own names. */
export const typeWords: { readonly [T in KeyType]: string } = {
  'aes128-gcm96': 'AES-128-GCM',
  'aes256-gcm96': 'AES-256-GCM',
  'chacha20-poly1305': 'ChaCha20-Poly1305',
  hmac: 'HMAC',
  ed25519: 'Ed25519',
  'ecdsa-p256': 'ECDSA P-256',
}

/** What keys of a type are for, for whoever makes one. */
export const purposeWords = words({
  'aes256-gcm96': { nb: 'kryptere', en: 'encrypt' },
  'chacha20-poly1305': { nb: 'kryptere, uten maskinvare for AES', en: 'encrypt, without AES hardware' },
  'aes128-gcm96': { nb: 'kryptere, der 128 biter kreves', en: 'encrypt, where 128 bits are demanded' },
  hmac: { nb: 'beregne autentiseringskoder', en: 'authentication codes' },
  ed25519: { nb: 'signere', en: 'sign' },
  'ecdsa-p256': { nb: 'signere, der NIST-kurver kreves', en: 'sign, where NIST curves are demanded' },
})

export const operationWords = words({
  encrypt: { nb: 'kryptere', en: 'encrypt' },
  decrypt: { nb: 'dekryptere', en: 'decrypt' },
  rewrap: { nb: 'kryptere på nytt', en: 'rewrap' },
  datakey: { nb: 'lage datanøkler', en: 'make data keys' },
  hmac: { nb: 'beregne HMAC', en: 'compute HMAC' },
  sign: { nb: 'signere', en: 'sign' },
  verify: { nb: 'kontrollere', en: 'verify' },
  read: { nb: 'se egenskapene', en: 'read its settings' },
  manage: { nb: 'forvalte', en: 'manage' },
  export: { nb: 'ta ut', en: 'export' },
})
/** In the order in which they are chosen. */
export const operations = Object.keys(operationWords) as readonly Operation[]

/** Operations that keys of a type can do anything with. */
export function operationsOf(type: KeyType): readonly Operation[] {
  const own: readonly Operation[] =
    type === 'hmac'
      ? ['hmac', 'verify']
      : type === 'ed25519' || type === 'ecdsa-p256'
        ? ['sign', 'verify', 'hmac']
        : ['encrypt', 'decrypt', 'rewrap', 'datakey', 'hmac', 'verify']
  return operations.filter((each) => own.includes(each) || ['read', 'manage', 'export'].includes(each))
}

export const grantStateWords = words({
  asked: { nb: 'Venter på godkjenning', en: 'Waits for approval' },
  refused: { nb: 'Avslått', en: 'Refused' },
  'to-come': { nb: 'Gjelder senere', en: 'To come' },
  'in-force': { nb: 'Gjelder', en: 'In force' },
  over: { nb: 'Utløpt', en: 'Over' },
  revoked: { nb: 'Trukket tilbake', en: 'Revoked' },
} satisfies { readonly [State in GrantState]: { readonly nb: string; readonly en: string } })

/** Operations as a phrase, such as «kryptere, dekryptere». */
export function operationsSaid(of: readonly Operation[], said: Said<typeof operationWords>): string {
  return of.map((each) => said[each]).join(', ')
}

/** What a change of keys and grants makes old. */
export const keyRefreshes = ['/api/keys', '/api/key-grants', '/api/policy', '/api/findings', '/api/controls']
