type Allowance = {
  /** Where the program may lie; the first that exists is run. */
  readonly paths: readonly [string, ...string[]]
  permits(args: readonly string[]): boolean
}

const names = (list: readonly string[], args: readonly string[]) =>
  args.every((arg) => list.includes(arg) || !arg.startsWith('-'))

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
    permits: (args) => args[0] === '-T' && names(['-T', '-f', '-h', '-C', '-o'], args),
  },
  cvtsudoers: {
    paths: ['/usr/bin/cvtsudoers'],
    permits: (args) => args.join(' ') === '-e -f json /etc/sudoers',
  },
  'dpkg-query': { paths: ['/usr/bin/dpkg-query'], permits: (args) => args[0] === '-W' },
  'apt-cache': { paths: ['/usr/bin/apt-cache'], permits: (args) => args[0] === 'policy' },
  'apt-get': { paths: ['/usr/bin/apt-get'], permits: (args) => args[0] === 'indextargets' },
  systemctl: { paths: ['/usr/bin/systemctl'], permits: (args) => args[0] === 'is-active' },
} as const satisfies Record<string, Allowance>

export type AllowedCommand = keyof typeof allowed

/** The paths at which a command may lie; null when the list does not let it run with these arguments. */
export function permitted(command: string, args: readonly string[]): readonly string[] | null {
  const list: Readonly<Record<string, Allowance>> = allowed
  const allowance = Object.hasOwn(list, command) ? list[command] : undefined
  if (allowance === undefined || args.some((arg) => arg.includes('\0'))) return null
  return allowance.permits(args) ? allowance.paths : null
}
