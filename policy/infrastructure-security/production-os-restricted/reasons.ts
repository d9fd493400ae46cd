import { listed, plural, reason } from '@hevd/core'
import { ownershipReasons } from '../../ownership.ts'

export const reasons = {
  ...ownershipReasons,
  'root-by-another-name': reason<{ accounts: readonly string[] }>({
    nb: ({ accounts }) => `${listed('nb', accounts)} har bruker-ID 0 og er root under et annet navn.`,
    en: ({ accounts }) => `${listed('en', accounts)} have user ID 0 and are root by another name.`,
  }),
  'root-login-by-key': reason<{ keys: number }>({
    nb: ({ keys }) =>
      `root kan logge inn over SSH med ${keys} ${plural(keys, 'nøkkel', 'nøkler')}. Sett PermitRootLogin no.`,
    en: ({ keys }) =>
      `root can log in over SSH with ${keys} ${plural(keys, 'key', 'keys')}. Set PermitRootLogin no.`,
  }),
  'root-login-by-password': reason({
    nb: () => 'root kan logge inn over SSH med passord. Sett PermitRootLogin no.',
    en: () => 'root can log in over SSH with a password. Set PermitRootLogin no.',
  }),
}
