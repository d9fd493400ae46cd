import { endOfDate, type Moment, type Reading, type Truth, unseen } from '@hevd/core'
import { accounts, authorizedKeys, certificateAuthorities, passwordStates, type ValueOf } from '@hevd/facts'

/** What decides whether somebody can log in to an account of a host. */
export type WaysIn = {
  readonly password: Reading<ValueOf<typeof passwordStates>>
  readonly keys: Reading<ValueOf<typeof authorizedKeys>>
  readonly authorities: Reading<ValueOf<typeof certificateAuthorities>>
}

/** The look-ups that {@link canLogIn} needs. */
export function waysIn(account: ValueOf<typeof accounts>) {
  return waysInto(accounts.key(account))
}

/** The same for an account that is known by its key alone. */
export function waysInto(key: string) {
  return {
    password: passwordStates.ofAccount(key),
    keys: authorizedKeys.ofAccount(key),
    authorities: certificateAuthorities.ofAccount(key),
  }
}

/**
 * Whether a password, a key or a certificate lets somebody in. A key and a certificate let in also where the shell only
 * refuses: there is no prompt, but sshd still forwards connections into the network. An account that has expired lets
 * nobody in.
 */
export function canLogIn(
  account: ValueOf<typeof accounts>,
  { password, keys, authorities }: WaysIn,
  moment: Moment,
): Truth {
  if (password.facts.some((fact) => isExpired(fact.value, moment))) return false
  if (keys.facts.length + authorities.facts.length > 0) return true
  const states = account.shellOpens ? password : { facts: [], unseen: [] }
  if (states.facts.some((fact) => fact.value.state !== 'locked')) return true
  const [missing] = [...states.unseen, ...keys.unseen, ...authorities.unseen]
  return missing === undefined ? false : unseen(missing)
}

/** shadow(5) counts days in UTC; PAM and sshd differ on the day itself, so that it counts as open. */
export function isExpired({ accountExpires }: ValueOf<typeof passwordStates>, moment: Moment): boolean {
  return accountExpires !== null && moment.passed(endOfDate(accountExpires, 'UTC'))
}
