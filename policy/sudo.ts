import { reason, type Truth, unknown } from '@hevd/core'
import type { accounts, sudoRules, ValueOf } from '@hevd/facts'

type Account = ValueOf<typeof accounts>
export type SudoRule = ValueOf<typeof sudoRules>

/** Whether a rule leads to root: one that only lets somebody become another plain account does not. */
export function becomesRoot({ runAs }: SudoRule): boolean {
  const users = runAs.filter((name) => !name.startsWith(':'))
  return (
    users.length === 0 || users.some((name) => ['ALL', 'root', '#0'].includes(name) || /^[%+]/.test(name))
  )
}

/**
 * Whether a sudo rule speaks of the account; the last principal that matches decides, as in sudoers(5). Who is in a
 * netgroup, or in a group of another system, cannot be told from the host's own lists.
 *
 * @param memberOf the account's groups, their numbers by name
 */
export function speaksOf(rule: SudoRule, account: Account, memberOf: ReadonlyMap<string, number>): Truth {
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

/** Words of what {@link speaksOf} cannot tell. */
export const sudoReasons = {
  'sudo-group-elsewhere': reason<{ group: string }>({
    nb: ({ group }) =>
      `sudo gir rettigheter til ${group}, som styres utenfor serveren, så vi vet ikke hvem som er med.`,
    en: ({ group }) =>
      `sudo gives rights to ${group}, which is kept outside the server, so we do not know who is in it.`,
  }),
}
