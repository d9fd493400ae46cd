import { listed, reason } from '@hevd/core'
import { ownershipReasons } from '../../ownership.ts'

export const reasons = {
  ...ownershipReasons,
  'method-not-allowed': reason<{ methods: readonly string[] }>({
    nb: ({ methods }) =>
      `sshd godtar innloggingsmåter som ikke er tillatt: ${listed('nb', methods)}. Slå dem av.`,
    en: ({ methods }) =>
      `sshd accepts methods that are not allowed: ${listed('en', methods)}. Turn them off.`,
  }),
  'service-keys-several': reason<{ keys: number }>({
    nb: ({ keys }) => `Tjenestekontoen åpnes av ${keys} nøkler, så en økt kan ikke spores til én.`,
    en: ({ keys }) => `The service account is opened by ${keys} keys, so a session cannot be traced to one.`,
  }),
}
