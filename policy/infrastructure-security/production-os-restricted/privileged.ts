import { type Reading, type Truth, unseen } from '@hevd/core'
import type { accounts, groups, sudoRules, ValueOf } from '@hevd/facts'

type Account = ValueOf<typeof accounts>
type Rule = ValueOf<typeof sudoRules>

/** What gives an account administrator rights on its host. */
export type Privileges = {
  readonly groups: Reading<ValueOf<typeof groups>>
  /** Every group of the host; with it a membership is known to be absent. */
  readonly hostGroups: Reading<ValueOf<typeof groups>>
  readonly sudo: Reading<Rule>
}

/** Whether the account is root, in a group that amounts to it, or named by a sudo rule. */
export function isPrivileged(
  account: Account,
  { groups, hostGroups, sudo }: Privileges,
  adminGroups: readonly string[],
): Truth {
  if (account.uid === 0) return true
  const memberOf = new Map(groups.facts.map(({ value }) => [value.name, value.gid]))
  if (adminGroups.some((group) => memberOf.has(group))) return true
  if (sudo.facts.some(({ value }) => grants(value, account, memberOf))) return true
  const [missing] = [...hostGroups.unseen, ...sudo.unseen]
  return missing === undefined ? false : unseen(missing)
}

/** Whether a sudo rule speaks of the account; the last principal that matches decides, as in sudoers(5). */
function grants(rule: Rule, account: Account, memberOf: ReadonlyMap<string, number>): boolean {
  if (rule.commands.length === 0) return false
  return rule.principals.reduce((granted, principal) => {
    const negated = principal.startsWith('!')
    return matches(negated ? principal.slice(1) : principal, account, memberOf) ? !negated : granted
  }, false)
}

function matches(principal: string, account: Account, memberOf: ReadonlyMap<string, number>): boolean {
  if (principal === 'ALL' || principal === account.name || principal === `#${account.uid}`) return true
  if (principal.startsWith('%#')) return [...memberOf.values()].includes(Number(principal.slice(2)))
  return principal.startsWith('%') && memberOf.has(principal.slice(1))
}
