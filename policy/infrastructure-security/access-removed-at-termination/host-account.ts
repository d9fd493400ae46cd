import { type Moment, type Reading, type Truth, unseen } from '@hevd/core'
import { accounts, hosts, type ValueOf } from '@hevd/facts'
import { canLogIn, type WaysIn, waysInto } from '../../log-in.ts'
import { placeOf } from './place.ts'

type Seen = WaysIn & {
  readonly host: Reading<ValueOf<typeof hosts>>
  readonly account: Reading<ValueOf<typeof accounts>>
}

/** What tells whether an account of a host still lets somebody in. */
export function lookedAt(key: string) {
  return { host: hosts.byKey(placeOf(key).host), account: accounts.named(key), ...waysInto(key) }
}

/** Whether an account is on a host of this class and lets somebody in; one whose host has ended is on none. */
export function letsIn(
  { host, account, ...ways }: Seen,
  isOfClass: (role: ValueOf<typeof hosts>['role']) => boolean,
  moment: Moment,
): Truth {
  const [declaredHost] = host.facts
  if (declaredHost === undefined) return nothingOr(host)
  if (!isOfClass(declaredHost.value.role)) return false
  const [known] = account.facts
  return known === undefined ? nothingOr(account) : canLogIn(known.value, ways, moment)
}

export function nothingOr({ unseen: [missing] }: Reading): Truth {
  return missing === undefined ? false : unseen(missing)
}
