import type { Clock } from '@hevd/core'
import { awsKmsSeal } from './aws-kms/aws-kms-seal.ts'
import { azureKmsSeal } from './azure-kms/azure-kms-seal.ts'
import type { SealsConfig } from './config.ts'
import { fileSeal } from './file/file-seal.ts'
import { gcpKmsSeal } from './gcp-kms/gcp-kms-seal.ts'
import { pkcs11Seal } from './pkcs11/pkcs11-seal.ts'
import type { Seal, Sealing } from './seal.ts'
import { sharesSeal } from './shares/shares-seal.ts'
import { transitSeal } from './transit/transit-seal.ts'

/** The seals of this server, by its settings: nothing is reached or read before it is used. */
export function createSealing(config: SealsConfig, clock: Clock): Sealing {
  const { answerWithin, file, pkcs11, transit, awsKms, gcpKms, azureKms } = config
  const set: readonly (Seal | null)[] = [
    file === null ? null : fileSeal(file, config.home),
    pkcs11 === null ? null : pkcs11Seal(pkcs11, answerWithin),
    transit === null ? null : transitSeal(transit, answerWithin),
    awsKms === null ? null : awsKmsSeal(awsKms, clock, answerWithin),
    gcpKms === null ? null : gcpKmsSeal(gcpKms, clock, answerWithin),
    azureKms === null ? null : azureKmsSeal(azureKms, answerWithin),
  ]
  const seals = set.filter((seal) => seal !== null)
  return { shares: sharesSeal(config.ceremonyLife), seals: new Map(seals.map((seal) => [seal.kind, seal])) }
}
