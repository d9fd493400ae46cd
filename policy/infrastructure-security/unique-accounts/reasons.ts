import { listed, reason } from '@hevd/core'
import { ownershipReasons } from '../../ownership.ts'

export const reasons = {
  ...ownershipReasons,
  'user-number-shared': reason<{ accounts: readonly string[] }>({
    nb: ({ accounts }) =>
      `${listed('nb', accounts)} har samme bruker-ID og er dermed samme bruker for kjernen.`,
    en: ({ accounts }) => `${listed('en', accounts)} have the same user ID and are one user to the kernel.`,
  }),
  'password-empty': reason({
    nb: () => 'Passordet er tomt: hvem som helst kan logge inn. Lås kontoen eller sett et passord.',
    en: () => 'The password is empty: anybody can log in. Lock the account or set a password.',
  }),
  'password-scheme-weak': reason<{ scheme: string }>({
    nb: ({ scheme }) =>
      `Passordet er lagret med ${scheme}, som er for lett å knekke. Sett passordet på nytt.`,
    en: ({ scheme }) => `The password is stored with ${scheme}, which is too easy to crack. Set it anew.`,
  }),
  'key-of-several': reason<{ accounts: readonly string[] }>({
    nb: ({ accounts }) => `Samme nøkkel åpner kontoene til flere personer: ${listed('nb', accounts)}.`,
    en: ({ accounts }) => `The same key opens accounts of several people: ${listed('en', accounts)}.`,
  }),
  'key-owner-undeclared': reason<{ accounts: readonly string[] }>({
    nb: ({ accounts }) =>
      `Nøkkelen åpner flere kontoer, og ingen er oppført som eier av ${listed('nb', accounts)}.`,
    en: ({ accounts }) =>
      `The key opens several accounts, and nobody is listed as the owner of ${listed('en', accounts)}.`,
  }),
}
