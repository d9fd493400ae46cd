import { check, fails, none, outside, strings } from '@hevd/core'
import { accounts, passwordStates } from '@hevd/facts'
import { isExpired } from '../../log-in.ts'
import { hostAccounts } from '../../populations.ts'

/** No account lets anybody in without a password, and none keeps one by a scheme that is too easy to guess from. */
export const passwordSound = check('unique-accounts/password-sound', {
  of: hostAccounts,
  parameters: { weakPasswordSchemes: strings },
  reads: (account) => ({ password: passwordStates.ofAccount(accounts.key(account)) }),
  judge: (account, { password }, { weakPasswordSchemes }, moment) => {
    if (password.facts.some((fact) => isExpired(fact.value, moment))) return outside
    if (!account.shellOpens || password.facts.some((fact) => fact.value.state === 'locked')) return outside
    return none(
      password,
      ({ state, scheme }) => state === 'empty' || (scheme !== null && weakPasswordSchemes.includes(scheme)),
      ([{ state, scheme }]) =>
        state === 'empty' ? fails('password-empty') : fails('password-scheme-weak', { scheme: scheme ?? '' }),
    )
  },
})
