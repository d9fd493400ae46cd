import { listed, plural, reason } from '@hevd/core'
import { ownershipReasons } from '../../ownership.ts'
import { sudoReasons } from '../../sudo.ts'

export const reasons = {
  ...ownershipReasons,
  ...sudoReasons,
  'root-by-another-name': reason<{ accounts: readonly string[] }>({
    nb: ({ accounts }) => `Root under et annet navn, med bruker-ID 0: ${listed('nb', accounts)}.`,
    en: ({ accounts }) => `Root by another name, with user ID 0: ${listed('en', accounts)}.`,
  }),
  'root-login-by-key': reason<{ keys: number }>({
    nb: ({ keys }) =>
      `root kan logge inn over SSH med ${keys} ${plural(keys, 'nøkkel', 'nøkler')}. Sett PermitRootLogin no.`,
    en: ({ keys }) =>
      `root can log in over SSH with ${keys} ${plural(keys, 'key', 'keys')}. Set PermitRootLogin no.`,
  }),
  'root-login-by-trust': reason<{ methods: readonly string[] }>({
    nb: ({ methods }) => `root kan logge inn over SSH ved ${listed('nb', methods)}. Sett PermitRootLogin no.`,
    en: ({ methods }) => `root can log in over SSH by ${listed('en', methods)}. Set PermitRootLogin no.`,
  }),
  'root-login-by-password': reason({
    nb: () => 'root kan logge inn over SSH med passord. Sett PermitRootLogin no.',
    en: () => 'root can log in over SSH with a password. Set PermitRootLogin no.',
  }),
}
