import { type Reading, type Truth, unseen } from '@hevd/core'
import type { accounts, groups, ValueOf } from '@hevd/facts'
import { becomesRoot, type SudoRule, speaksOf } from '../../sudo.ts'

type Account = ValueOf<typeof accounts>

/** What gives an account administrator rights on its host. */
export type Privileges = {
  readonly groups: Reading<ValueOf<typeof groups>>
  /** Every group of the host; with it a membership is known to be absent. */
  readonly hostGroups: Reading<ValueOf<typeof groups>>
  readonly sudo: Reading<SudoRule>
}

/** Whether the account is root, in a group that amounts to it, or let by a sudo rule to become root. */
export function isPrivileged(
  account: Account,
  { groups, hostGroups, sudo }: Privileges,
  adminGroups: readonly string[],
): Truth {
  if (account.uid === 0) return true
  const memberOf = new Map(groups.facts.map(({ value }) => [value.name, value.gid]))
  if (adminGroups.some((group) => memberOf.has(group))) return true
  const rules = sudo.facts.map(({ value }) => value).filter(({ commands }) => commands.length > 0)
  const granted = rules.filter(becomesRoot).map((rule) => speaksOf(rule, account, memberOf))
  if (granted.includes(true)) return true
  const [missing] = [...hostGroups.unseen, ...sudo.unseen]
  return missing === undefined ? (granted.find((truth) => truth !== false) ?? false) : unseen(missing)
}
