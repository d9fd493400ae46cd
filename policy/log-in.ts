import { endOfDate, type Moment, type Reading, type Truth, unseen } from '@hevd/core'
import type { accounts, authorizedKeys, passwordStates, ValueOf } from '@hevd/facts'

/** What decides whether somebody can log in to an account of a host. */
export type WaysIn = {
  readonly password: Reading<ValueOf<typeof passwordStates>>
  readonly keys: Reading<ValueOf<typeof authorizedKeys>>
}

/**
 * Whether a password or a key lets somebody in. A key lets in also where the shell only refuses: there is no prompt, but
 * sshd still forwards connections into the network. An account that has expired lets nobody in.
 */
export function canLogIn(
  account: ValueOf<typeof accounts>,
  { password, keys }: WaysIn,
  moment: Moment,
): Truth {
  if (password.facts.some((fact) => isExpired(fact.value, moment))) return false
  if (keys.facts.length > 0) return true
  if (!account.shellOpens) return false
  if (password.facts.some((fact) => fact.value.state !== 'locked')) return true
  const [missing] = [...password.unseen, ...keys.unseen]
  return missing === undefined ? false : unseen(missing)
}

/** shadow(5) counts days in UTC; PAM and sshd differ on the day itself, so that it counts as open. */
export function isExpired({ accountExpires }: ValueOf<typeof passwordStates>, moment: Moment): boolean {
  return accountExpires !== null && moment.passed(endOfDate(accountExpires, 'UTC'))
}
