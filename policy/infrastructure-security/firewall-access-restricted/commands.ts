/** Commands by the names of their programs. */
export type Commands = {
  /** Programs that change the packet filter. */
  readonly firewallCommands: readonly string[]
  /** Programs that run anything, or write any file: as root that is everything. */
  readonly rootCommands: readonly string[]
}

/**
 * Whether a command of sudo's, run as root, can change the packet filter: as sudoers(5) writes it, without its `!`.
 * A program of neither list is believed to do its own work only.
 */
export function changesRules(command: string, { firewallCommands, rootCommands }: Commands): boolean {
  if (command === 'ALL') return true
  const [program = '', ...args] = command.split(/\s+/)
  // A pattern, a regular expression or a folder may mean any program.
  if (/[*?[\]^]/.test(program) || program.endsWith('/')) return true
  const name = nameOf(program)
  // An editor as oneself, on a file of root's: the files that decide are the rules, and who may become root.
  if (name === 'sudoedit')
    return args.length === 0 || args.some((path) => isPattern(path) || decides.test(path))
  if (rootCommands.includes(name)) return true
  if (firewallCommands.includes(name)) return !onlyLooks(name, args)
  if (starters.includes(name))
    return args.length === 0 || args.some((arg) => isPattern(arg) || stops.test(arg))
  return false
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

const isPattern = (text: string) => /[*?[\]^]/.test(text)
const decides =
  /^\/(etc\/(nftables|iptables|ufw|firewalld|sudoers|passwd|shadow|group|pam\.d|cron|systemd|ld\.so)|root\/|usr\/|bin\/|sbin\/|lib)/
const starters = ['systemctl', 'service', 'rc-service', 'invoke-rc.d']
/** Units that hold the rules, and verbs that run what one writes oneself. */
const stops =
  /^(nftables|iptables|ip6tables|ufw|firewalld|netfilter-persistent|shorewall)(\.service)?$|^(edit|link|set-environment|import-environment)$/

/** Whether these arguments, which sudo demands exactly, can only show rules. */
function onlyLooks(name: string, args: readonly string[]): boolean {
  if (args.length === 0 || args.some(isPattern)) return false
  if (name === 'nft') return args.find((arg) => !arg.startsWith('-')) === 'list'
  if (name === 'ufw') return args[0] === 'status'
  if (name === 'firewall-cmd') return args.every((arg) => /^--(list-|get-|state$|query-|zone=)/.test(arg))
  if (/^ip6?tables(-nft|-legacy)?$/.test(name))
    return (
      args.some((arg) => /^(-[a-z]*[LS][a-z]*|--list|--list-rules)$/.test(arg)) &&
      !args.some((arg) =>
        /^(-[a-z]*[ACDEFINPRXZ][a-z]*|--(append|insert|delete|replace|flush|zero|policy|new|rename|delete-chain|modprobe).*)$/.test(
          arg,
        ),
      )
    )
  return false
}
