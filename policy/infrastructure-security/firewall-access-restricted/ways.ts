import { type Reading, type Truth, unseen } from '@hevd/core'
import type { accounts, controlSockets, fileCapabilities, groups, ValueOf } from '@hevd/facts'
import { becomesRoot, type SudoRule, speaksOf } from '../../sudo.ts'
import { type Commands, changesRules, nameOf } from './commands.ts'

type Account = ValueOf<typeof accounts>
type Capable = ValueOf<typeof fileCapabilities>
type OpenTo = Capable['openTo']

/** What may let an account change the packet filter of its host. */
export type Means = {
  readonly groups: Reading<ValueOf<typeof groups>>
  /** Every group of the host; with it a membership is known to be absent. */
  readonly hostGroups: Reading<ValueOf<typeof groups>>
  readonly sudo: Reading<SudoRule>
  readonly capabilities: Reading<Capable>
  readonly sockets: Reading<ValueOf<typeof controlSockets>>
}

/** The ways that were seen, and whether there may be others: `false` when all was looked at. */
export type Ways = { readonly seen: readonly string[]; readonly others: Truth }

/**
 * How an account can change the rules: as user number 0, by sudo, through a program that has the right itself, or
 * through a socket of a container engine, behind which one is root.
 */
export function waysToChange(account: Account, means: Means, commands: Commands): Ways {
  if (account.uid === 0) return { seen: ['uid 0'], others: false }
  const memberOf = new Map(means.groups.facts.map(({ value }) => [value.name, value.gid]))
  const gids = new Set([account.gid, ...memberOf.values()])
  const mayUse = ({ uid, gid, everybody }: OpenTo) =>
    everybody || uid === account.uid || (gid !== null && gids.has(gid))
  const bySudo = sudoWays(means.sudo, account, memberOf, commands)
  const byFile = means.capabilities.facts
    .map(({ value }) => value)
    .filter((file) => mayUse(file.openTo) && amountsTo(file, commands))
    .map(({ path }) => path)
  const bySocket = means.sockets.facts
    .map(({ value }) => value)
    .filter(({ openTo }) => mayUse(openTo))
    .map(({ path }) => path)
  const { hostGroups, sudo, capabilities, sockets } = means
  const [missing] = [hostGroups, sudo, capabilities, sockets].flatMap((reading) => reading.unseen)
  return {
    seen: [...bySudo.seen, ...byFile, ...bySocket],
    others: missing === undefined ? bySudo.others : unseen(missing),
  }
}

/** In the order sudo reads; the last rule that matches decides, so that `!ALL` after a rule takes all of it back. */
function sudoWays(
  sudo: Reading<SudoRule>,
  account: Account,
  memberOf: ReadonlyMap<string, number>,
  commands: Commands,
): Ways {
  let seen: string[] = []
  let others: Truth = false
  const rules = sudo.facts.map(({ value }) => value).sort((a, b) => a.index - b.index)
  for (const rule of rules.filter(becomesRoot)) {
    const speaks = speaksOf(rule, account, memberOf)
    if (speaks === false) continue
    for (const command of rule.commands) {
      if (command === '!ALL' && speaks === true) seen = []
      // Taking single commands out of `ALL` holds nobody back (sudoers(5), SECURITY NOTES).
      if (command.startsWith('!') || !changesRules(command, commands)) continue
      if (speaks === true) seen.push(`sudo ${command}`)
      else others = speaks
    }
  }
  return { seen: [...new Set(seen)], others }
}

const overRoot = [
  'cap_sys_admin',
  'cap_setuid',
  'cap_dac_override',
  'cap_sys_ptrace',
  'cap_sys_module',
  'cap_chown',
  'cap_fowner',
  'cap_setfcap',
]

/**
 * Whether a program's own capabilities reach the rules: a tool of the packet filter that starts with the right to set it,
 * or a program that runs anything and may raise a right that amounts to root. Others keep to their own work.
 */
function amountsTo({ path, permitted, effective }: Capable, commands: Commands): boolean {
  const name = nameOf(path)
  if (commands.firewallCommands.includes(name)) return effective && permitted.includes('cap_net_admin')
  const runsAnything = commands.rootCommands.some((command) => isVersionOf(name, command))
  return runsAnything && ['cap_net_admin', ...overRoot].some((capability) => permitted.includes(capability))
}

/** `python3.12` is a version of `python3`. */
function isVersionOf(name: string, command: string): boolean {
  return name === command || (name.startsWith(command) && /^[\d.]+$/.test(name.slice(command.length)))
}
