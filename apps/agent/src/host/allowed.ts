import { findKeyFiles } from '../key-files/finding.ts'
import { isFixedQuery, psqlOptions } from '../postgres/queries.ts'

type Allowance = {
  /** Where the program may lie; the first that exists is run. */
  readonly paths: readonly [string, ...string[]]
  permits(args: readonly string[]): boolean
}

/** Every argument that begins with a dash is one of these. */
const options = (list: readonly string[], args: readonly string[]) =>
  args.every((arg) => list.includes(arg) || !arg.startsWith('-'))
const exactly = (wanted: readonly string[], args: readonly string[]) =>
  args.length === wanted.length && wanted.every((arg, at) => arg === args[at])
/** A program that prints without being asked anything. */
const onlyPrints = (name: string): Allowance => ({
  paths: [`/usr/sbin/${name}`, `/sbin/${name}`],
  permits: (args) => args.length === 0,
})

/**
 * Everything the agent may ever execute, with the arguments that only look. It is part of the agent: neither a
 * server nor a configuration can widen it.
 */
export const allowed = {
  getent: {
    paths: ['/usr/bin/getent'],
    permits: ([database, ...rest]) =>
      rest.length === 0 && ['passwd', 'group', 'shadow'].includes(database ?? ''),
  },
  sshd: {
    paths: ['/usr/sbin/sshd', '/usr/local/sbin/sshd'],
    permits: (args) => args[0] === '-T' && options(['-T', '-f', '-h', '-C', '-o'], args),
  },
  cvtsudoers: {
    paths: ['/usr/bin/cvtsudoers'],
    permits: (args) => exactly(['-c', '/dev/null', '-e', '-f', 'json', '/etc/sudoers'], args),
  },
  find: { paths: ['/usr/bin/find'], permits: (args) => exactly(findKeyFiles, args) },
  getcap: {
    paths: ['/usr/sbin/getcap', '/sbin/getcap'],
    permits: ([first, ...folders]) => first === '-r' && options([], folders),
  },
  'dpkg-query': {
    paths: ['/usr/bin/dpkg-query'],
    permits: ([first, format, ...rest]) =>
      first === '-W' && (format ?? '').startsWith('-f=') && options([], rest),
  },
  'apt-cache': {
    paths: ['/usr/bin/apt-cache'],
    permits: ([first, ...rest]) => first === 'policy' && options([], rest),
  },
  'apt-get': {
    paths: ['/usr/bin/apt-get'],
    permits: ([first, ...rest]) => first === 'indextargets' && options(['--format'], rest),
  },
  systemctl: {
    paths: ['/usr/bin/systemctl'],
    permits: ([first, ...rest]) => first === 'is-active' && options([], rest),
  },
  nft: { paths: ['/usr/sbin/nft', '/sbin/nft'], permits: (args) => exactly(['-j', 'list', 'ruleset'], args) },
  'iptables-save': onlyPrints('iptables-save'),
  'ip6tables-save': onlyPrints('ip6tables-save'),
  'iptables-legacy-save': onlyPrints('iptables-legacy-save'),
  'ip6tables-legacy-save': onlyPrints('ip6tables-legacy-save'),
  psql: {
    paths: ['/usr/bin/psql', '/usr/local/bin/psql'],
    permits: ([folder, port, ...rest]) =>
      /^--host=\/[^\0]*$/.test(folder ?? '') &&
      /^--port=\d{1,5}$/.test(port ?? '') &&
      exactly(psqlOptions, rest.slice(0, -1)) &&
      isFixedQuery(rest.at(-1) ?? ''),
  },
} as const satisfies Record<string, Allowance>

export type AllowedCommand = keyof typeof allowed

/** The paths at which a command may lie; null when the list does not let it run with these arguments. */
export function permitted(command: string, args: readonly string[]): readonly string[] | null {
  const list: Readonly<Record<string, Allowance>> = allowed
  const allowance = Object.hasOwn(list, command) ? list[command] : undefined
  if (allowance === undefined || args.some((arg) => arg.includes('\0'))) return null
  return allowance.permits(args) ? allowance.paths : null
}
