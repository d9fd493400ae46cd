import { type Reading, type Truth, unknown, unseen } from '@hevd/core'
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
  const granted = rules.filter(becomesRoot).map((rule) => grants(rule, account, memberOf))
  if (granted.includes(true)) return true
  const [missing] = [...hostGroups.unseen, ...sudo.unseen]
  return missing === undefined ? (granted.find((truth) => truth !== false) ?? false) : unseen(missing)
}

/** Whether a rule leads to root: one that only lets somebody become another plain account does not. */
function becomesRoot({ runAs }: Rule): boolean {
  const users = runAs.filter((name) => !name.startsWith(':'))
  return (
    users.length === 0 || users.some((name) => ['ALL', 'root', '#0'].includes(name) || /^[%+]/.test(name))
  )
}

/**
 * Whether a sudo rule speaks of the account; the last principal that matches decides, as in sudoers(5). Who is in a
 * netgroup, or in a group of another system, cannot be told from the host's own lists.
 */
function grants(rule: Rule, account: Account, memberOf: ReadonlyMap<string, number>): Truth {
  return rule.principals.reduce<Truth>((granted, principal) => {
    const negated = principal.startsWith('!')
    const name = negated ? principal.slice(1) : principal
    if (/^(\+|%:)/.test(name))
      return negated ? granted : granted || unknown('sudo-group-elsewhere', { group: name })
    return matches(name, account, memberOf) ? !negated : granted
  }, false)
}

function matches(principal: string, account: Account, memberOf: ReadonlyMap<string, number>): boolean {
  if (principal === 'ALL' || principal === account.name || principal === `#${account.uid}`) return true
  if (principal.startsWith('%#')) return [...memberOf.values()].includes(Number(principal.slice(2)))
  return principal.startsWith('%') && memberOf.has(principal.slice(1))
}
