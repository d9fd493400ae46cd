import type { StoreKind } from '@hevd/keys/contract'
import { words } from '@hevd/ui'

export const storeKindWords = words({
  'aws-kms': { nb: 'AWS KMS', en: 'AWS KMS' },
  'gcp-kms': { nb: 'Google Cloud KMS', en: 'Google Cloud KMS' },
  'azure-key-vault': { nb: 'Azure Key Vault', en: 'Azure Key Vault' },
  vault: { nb: 'Et annet hvelv (Vault, OpenBao)', en: 'Another vault (Vault, OpenBao)' },
  hsm: { nb: 'Maskinvare (HSM, smartkort)', en: 'Hardware (HSM, smart card)' },
  files: { nb: 'Filer på en maskin', en: 'Files on a host' },
  other: { nb: 'Noe annet', en: 'Something else' },
} satisfies { readonly [Kind in StoreKind]: { readonly nb: string; readonly en: string } })

export const storeKinds = Object.keys(storeKindWords) as readonly StoreKind[]
