import { type Reading, type Truth, unseen } from '@hevd/core'
import type { accounts, authorizedKeys, passwordStates, ValueOf } from '@hevd/facts'

/** What decides whether somebody can log in to an account of a host. */
export type WaysIn = {
  readonly password: Reading<ValueOf<typeof passwordStates>>
  readonly keys: Reading<ValueOf<typeof authorizedKeys>>
}

/** Whether the account has a shell that opens and a password or a key that lets somebody in. */
export function canLogIn(account: ValueOf<typeof accounts>, { password, keys }: WaysIn): Truth {
  if (!account.shellOpens) return false
  if (password.facts.some((fact) => fact.value.state !== 'locked') || keys.facts.length > 0) return true
  const [missing] = [...password.unseen, ...keys.unseen]
  return missing === undefined ? false : unseen(missing)
}
