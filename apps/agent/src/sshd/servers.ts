import type { HostAccess } from '../host/access.ts'

/** A server's configuration as it was started: its file, and options from its command line. */
export type Server = {
  readonly configuration: string
  readonly options: readonly string[]
  readonly running: boolean
}

export const usualConfiguration = '/etc/ssh/sshd_config'

/** Servers that run in the host, and the installed one when it does not. `complete` is false where processes are hidden. */
export async function sshServers(
  access: HostAccess,
): Promise<{ readonly servers: readonly Server[]; readonly complete: boolean }> {
  const { seen, complete } = await access.processes()
  const running = seen.flatMap(({ argv }) => listener(argv) ?? [])
  const usual = { configuration: usualConfiguration, options: [], running: await startedBySocket(access) }
  const all = running.some(({ configuration }) => configuration === usualConfiguration)
    ? running
    : [...running, usual]
  const unique = new Map(all.map((server) => [server.configuration, server]))
  return { servers: [...unique.values()], complete }
}

/**
 * The server behind a command line, whether sshd wrote its title over it (`sshd: /usr/sbin/sshd -D [listener] 0 of …`)
 * or not; null for a session and for everything else.
 */
export function listener(argv: readonly string[]): Server | null {
  const [first = '', ...others] = argv
  const title = /^sshd: (\S*sshd)( .*)? \[listener\]/.exec(argv.join(' '))
  if (title !== null) return serverOf((title[2] ?? '').split(' ').filter((word) => word !== ''))
  return /(^|\/)sshd$/.test(first) && !others.some((arg) => /^-[^fo]*[TtGi]/.test(arg))
    ? serverOf(others)
    : null
}

const takesValue = new Set([...'bCcEfghkoputV'])

function serverOf(args: readonly string[]): Server {
  let configuration = usualConfiguration
  const options: string[] = []
  const rest = [...args]
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    const letters = arg.startsWith('-') ? [...arg.slice(1)] : []
    const at = letters.findIndex((letter) => takesValue.has(letter))
    if (at < 0) continue
    const value = letters.slice(at + 1).join('') || (rest.shift() ?? '')
    if (letters[at] === 'f' && value.startsWith('/')) configuration = value
    if (letters[at] === 'o' && /^[A-Za-z]+[= ]/.test(value)) options.push(value)
  }
  return { configuration, options, running: true }
}

/** systemd may hold the socket and start sshd on the first connection. */
async function startedBySocket(access: HostAccess): Promise<boolean> {
  const booted = await access.files.status('/run/systemd/system')
  if (booted.kind !== 'seen') return false
  const asked = await access.run('systemctl', ['is-active', 'ssh.socket', 'sshd.socket'])
  return asked.kind === 'ran' && asked.out.split('\n').includes('active')
}
