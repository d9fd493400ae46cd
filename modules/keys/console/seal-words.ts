import type { RootKey } from '@hevd/keys/contract'
import { words } from '@hevd/ui'

export type SealKind = RootKey['available'][number]

/** What each seal is called. */
export const sealWords = words({
  shares: { nb: 'Deler hos nøkkelholdere', en: 'Shares held by custodians' },
  file: { nb: 'En nøkkelfil på tjeneren', en: 'A key file on the server' },
  pkcs11: { nb: 'En HSM eller et smartkort (PKCS #11)', en: 'An HSM or smart card (PKCS #11)' },
  transit: { nb: 'Transit i et annet Vault eller OpenBao', en: 'Transit of another Vault or OpenBao' },
  'aws-kms': { nb: 'AWS KMS', en: 'AWS KMS' },
  'gcp-kms': { nb: 'Google Cloud KMS', en: 'Google Cloud KMS' },
  'azure-kms': { nb: 'Azure Key Vault', en: 'Azure Key Vault' },
} satisfies { readonly [Kind in SealKind]: { readonly nb: string; readonly en: string } })

const service = {
  nb: 'Hvelvet åpner seg selv ved start. Den som kan bruke nøkkelen der og har databasen, har nøklene.',
  en: 'The vault opens by itself at the start. Whoever can use the key there and has the database has the keys.',
}
/** What each means for who can open the vault. */
export const sealMeaningWords = words({
  shares: {
    nb: 'Flere nøkkelholdere må gi hver sin del. Ingen kan åpne hvelvet alene, og etter en omstart må de åpne det.',
    en: 'Several custodians must each give their share. Nobody can open the vault alone, and after a restart they must open it.',
  },
  file: {
    nb: 'Hvelvet åpner seg selv ved start. Den som får både filen og databasen, har nøklene, så de skal aldri i samme sikkerhetskopi.',
    en: 'The vault opens by itself at the start. Whoever gets both the file and the database has the keys, so they never go into one backup.',
  },
  pkcs11: {
    nb: 'Hvelvet åpner seg selv ved start. Nøkkelen forlater aldri enheten.',
    en: 'The vault opens by itself at the start. The key never leaves the device.',
  },
  transit: service,
  'aws-kms': service,
  'gcp-kms': service,
  'azure-kms': service,
} satisfies { readonly [Kind in SealKind]: { readonly nb: string; readonly en: string } })

/** What a change of the root key makes old. */
export const rootRefreshes = ['/api/root-key', '/api/keys', '/api/policy', '/api/findings', '/api/controls']
