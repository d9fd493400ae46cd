import { check, fails, holds, none, type Reading } from '@hevd/core'
import { hbaRules, postgresServers, type ValueOf } from '@hevd/facts'
import { databaseServers } from '../../populations.ts'
import { networkAddresses } from './listening.ts'

type Rule = ValueOf<typeof hbaRules>

/** No line of pg_hba.conf in force lets a connection from another machine in without TLS. */
export const rulesDemandTls = check('internal-transfers-encrypted/rules-demand-tls', {
  of: databaseServers,
  reads: (server) => ({ rules: hbaRules.ofServer(postgresServers.key(server)) }),
  judge: (server, { rules }) => {
    if (networkAddresses(server).length === 0) return holds()
    return none(
      rules,
      (rule) => letsInPlain(rule) && !rejectedBefore(rule, rules),
      (loose) => fails('rule-allows-plain', { lines: loose.map((rule) => rule.line) }),
    )
  },
})

/** `host` and `hostnogssenc` match with and without TLS, `hostnossl` only without. */
function letsInPlain({ kind, address, loopback, method, error }: Rule): boolean {
  const plain = kind === 'host' || kind === 'hostnossl' || kind === 'hostnogssenc'
  return plain && !loopback && address !== 'samehost' && method !== 'reject' && error === null
}

/** The first line that matches decides: an earlier one that rejects everything plain closes all that follow. */
function rejectedBefore(rule: Rule, rules: Reading<Rule>): boolean {
  return rules.facts.some(
    ({ value: earlier }) =>
      earlier.line < rule.line &&
      earlier.method === 'reject' &&
      earlier.error === null &&
      (earlier.kind === 'hostnossl' || earlier.kind === 'host') &&
      coversDatabases(earlier, rule) &&
      earlier.users.includes('all') &&
      (earlier.address === 'all' || earlier.address === rule.address || everyAddress(earlier, rule)),
  )
}

/** `all` means every database, but not `replication`, which must be named. */
function coversDatabases(earlier: Rule, rule: Rule): boolean {
  return (
    earlier.databases.includes('all') &&
    (!rule.databases.includes('replication') || earlier.databases.includes('replication'))
  )
}

/** A host name, or the server's own networks, may be of either family. */
function everyAddress(earlier: Rule, rule: Rule): boolean {
  if (!/^[\da-fA-F.:]+(\/[\da-fA-F.:]+)?$/.test(rule.address ?? '')) return false
  const isV6 = rule.address?.includes(':') ?? false
  return isV6 ? earlier.address === '::/0' : earlier.address === '0.0.0.0/0'
}
