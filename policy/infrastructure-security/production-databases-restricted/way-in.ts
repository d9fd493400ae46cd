import { type Moment, type Reading, type Truth, unknown, unseen } from '@hevd/core'
import type { hbaRules, ValueOf } from '@hevd/facts'
import { membershipsOf, type Role } from './privileges.ts'

type Rule = ValueOf<typeof hbaRules>

/**
 * Whether somebody can come in as a role: it may log in, a line of pg_hba.conf lets it, and it has what that line asks
 * for. Of the lines the first that matches decides, so that one which lies wholly behind another never does. A role
 * whose password may not be seen is taken to have one: that is the reading that hides nothing.
 */
export function canConnect(role: Role, roles: readonly Role[], rules: Reading<Rule>, moment: Moment): Truth {
  if (!role.canLogin) return false
  const memberOf = membershipsOf(role, roles)
  const lines = rules.facts.map(({ value }) => value).sort((a, b) => a.line - b.line)
  const [missing] = rules.unseen
  // A file with a fault is not taken into use: what is in force is an earlier one.
  const faulty = lines.find(({ error }) => error !== null)
  if (faulty !== undefined) return unknown('hba-not-in-force', { line: faulty.line })
  const before: Rule[] = []
  for (const line of lines) {
    const speaks = matches(line, role, memberOf)
    if (speaks !== 'no' && !before.some((earlier) => isBehind(line, earlier)) && letsIn(line, role, moment))
      return true
    if (speaks === 'yes') before.push(line)
  }
  return missing === undefined ? false : unseen(missing)
}

/** Whether a line speaks of the role; `perhaps` where only the server knows how a pattern is meant. */
function matches({ users, databases }: Rule, role: Role, memberOf: ReadonlySet<string>) {
  const replicates = role.replication || role.superuser
  if (databases.every((name) => name === 'replication') && !replicates) return 'no'
  const named = (user: string) =>
    user === 'all' || user === role.name || (user.startsWith('+') && isIn(user.slice(1), role, memberOf))
  if (users.some(named)) return 'yes'
  return users.some((user) => user.startsWith('/')) ? 'perhaps' : 'no'
}

function isIn(group: string, role: Role, memberOf: ReadonlySet<string>): boolean {
  return group === role.name || memberOf.has(group)
}

/** Whether every connection that a line is for meets an earlier one first. */
function isBehind(line: Rule, earlier: Rule): boolean {
  return (
    isKindWithin(line.kind, earlier.kind) &&
    isAddressWithin(line.address, earlier.address) &&
    line.databases.every(
      (name) =>
        earlier.databases.includes(name) || (earlier.databases.includes('all') && name !== 'replication'),
    )
  )
}

function isKindWithin(kind: Rule['kind'], earlier: Rule['kind']): boolean {
  return kind === earlier || (earlier === 'host' && kind !== 'local')
}

function isAddressWithin(address: string | null, earlier: string | null): boolean {
  if (address === earlier || earlier === 'all') return true
  if (address === null || earlier === null) return false
  return earlier === (address.includes(':') ? '::/0' : '0.0.0.0/0')
}

const byPassword = ['scram-sha-256', 'md5', 'password']

function letsIn({ method }: Rule, role: Role, moment: Moment): boolean {
  if (method === 'reject') return false
  if (!byPassword.includes(method)) return true
  if (role.password === 'none') return false
  return role.validUntil === null || !moment.passed(role.validUntil)
}
