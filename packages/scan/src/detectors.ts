import type { Detector } from './detector.ts'
import { emailAddress } from './email.ts'
import { bankAccount } from './numbers/bank-account.ts'
import { cardNumber } from './numbers/card.ts'
import { iban } from './numbers/iban.ts'
import { birthNumber, birthNumberFrom2032, dNumber, syntheticNumber } from './numbers/national-id.ts'
import { internationalPhone, norwegianPhone } from './numbers/phone.ts'
import { azureKey, connectionString, connectionUrl, urlPassword } from './secrets/connections.ts'
import { jwt } from './secrets/jwt.ts'
import { assignedSecret, authorizationHeader, namedPassword, namedSecret } from './secrets/named.ts'
import {
  ageSecretKey,
  openSshPrivateKey,
  pemPrivateKey,
  pgpPrivateKey,
  puttyPrivateKey,
} from './secrets/private-keys.ts'
import { awsSecretKey, tokens, twilioAuthToken } from './secrets/tokens.ts'

/** All that is looked for, the most particular first: what one has found is left to it. */
export const detectors: readonly Detector[] = [
  ...tokens,
  awsSecretKey,
  twilioAuthToken,
  jwt,
  pemPrivateKey,
  openSshPrivateKey,
  puttyPrivateKey,
  pgpPrivateKey,
  ageSecretKey,
  connectionUrl,
  urlPassword,
  azureKey,
  connectionString,
  authorizationHeader,
  iban,
  cardNumber,
  birthNumber,
  dNumber,
  birthNumberFrom2032,
  syntheticNumber,
  bankAccount,
  emailAddress,
  internationalPhone,
  norwegianPhone,
  namedSecret,
  namedPassword,
  assignedSecret,
]

const known = new Map(detectors.map((detector) => [detector.id, detector]))

/** A detector by its id. Throws RangeError where there is none. */
export function detectorOf(id: string): Detector {
  const found = known.get(id)
  if (found === undefined) throw new RangeError(`There is no detector ${id}`)
  return found
}
