import { posix } from 'node:path'
import { remotePaths, type ValueOf } from '@hevd/facts'
import { type Collector, collected, failedBy, firstGap, needsRight, rootRight } from '../collector.ts'
import type { HostAccess } from '../host/access.ts'

type Path = ValueOf<typeof remotePaths>
type Product = Pick<Path, 'kind' | 'name'> & { readonly programs: readonly string[] }

/** VPNs, tunnels and remote-desktop programs that run here, by their processes and network interfaces. */
export const remotePathsCollector: Collector = {
  name: 'remote-paths',
  types: [remotePaths.name],
  title: { nb: 'Andre veier inn', en: 'Other ways in' },
  interval: 'PT1M',
  collect: async (access) => {
    const host = access.host.id
    const [{ seen, complete }, interfaces] = await Promise.all([access.processes(), interfacesOf(access)])
    const found = new Map<string, Path>()
    for (const { argv } of seen) {
      const product = productOf(argv)
      if (product !== null) found.set(product.name, { host, ...product, evidence: 'process' })
    }
    for (const product of interfaces ?? [])
      if (!found.has(product.name)) found.set(product.name, { host, ...product, evidence: 'interface' })
    return collected(
      remotePaths,
      host,
      [...found.values()],
      firstGap(
        interfaces === null ? failedBy('there is no /sys/class/net') : null,
        complete ? null : needsRight(rootRight),
      ),
    )
  },
}

/** Programs that open a way in, by the name of their executable. */
const products: readonly Product[] = [
  { kind: 'vpn', name: 'wireguard', programs: ['wireguard-go', 'boringtun', 'boringtun-cli'] },
  { kind: 'vpn', name: 'openvpn', programs: ['openvpn', 'openvpn3-service-client'] },
  { kind: 'vpn', name: 'tailscale', programs: ['tailscaled'] },
  { kind: 'vpn', name: 'zerotier', programs: ['zerotier-one'] },
  { kind: 'vpn', name: 'netbird', programs: ['netbird'] },
  { kind: 'vpn', name: 'nebula', programs: ['nebula'] },
  { kind: 'vpn', name: 'ipsec', programs: ['charon', 'charon-systemd', 'pluto', 'racoon'] },
  { kind: 'vpn', name: 'openconnect', programs: ['openconnect', 'ocserv', 'ocserv-main'] },
  { kind: 'vpn', name: 'softether', programs: ['vpnserver', 'vpnbridge', 'vpnclient'] },
  { kind: 'vpn', name: 'pptp', programs: ['pptpd', 'pptpctrl', 'pptp'] },
  { kind: 'vpn', name: 'l2tp', programs: ['xl2tpd'] },
  { kind: 'vpn', name: 'tinc', programs: ['tincd'] },
  { kind: 'vpn', name: 'hamachi', programs: ['hamachid'] },
  { kind: 'vpn', name: 'twingate', programs: ['twingated', 'twingate-connector'] },
  { kind: 'vpn', name: 'cloudflare-warp', programs: ['warp-svc'] },
  { kind: 'tunnel', name: 'cloudflared', programs: ['cloudflared'] },
  { kind: 'tunnel', name: 'ngrok', programs: ['ngrok'] },
  { kind: 'tunnel', name: 'frp', programs: ['frpc', 'frps'] },
  { kind: 'tunnel', name: 'chisel', programs: ['chisel'] },
  { kind: 'tunnel', name: 'bore', programs: ['bore'] },
  { kind: 'tunnel', name: 'rathole', programs: ['rathole'] },
  { kind: 'tunnel', name: 'inlets', programs: ['inlets', 'inlets-pro'] },
  { kind: 'tunnel', name: 'zrok', programs: ['zrok'] },
  { kind: 'tunnel', name: 'pagekite', programs: ['pagekite', 'pagekite.py'] },
  { kind: 'tunnel', name: 'localtunnel', programs: ['lt', 'localtunnel'] },
  { kind: 'tunnel', name: 'localxpose', programs: ['loclx'] },
  { kind: 'tunnel', name: 'sshuttle', programs: ['sshuttle'] },
  { kind: 'tunnel', name: 'teleport', programs: ['teleport'] },
  { kind: 'tunnel', name: 'code-tunnel', programs: ['code-tunnel'] },
  { kind: 'remote-desktop', name: 'anydesk', programs: ['anydesk'] },
  { kind: 'remote-desktop', name: 'teamviewer', programs: ['teamviewerd', 'TeamViewer'] },
  { kind: 'remote-desktop', name: 'rustdesk', programs: ['rustdesk'] },
  {
    kind: 'remote-desktop',
    name: 'vnc',
    programs: ['x11vnc', 'Xvnc', 'Xtigervnc', 'Xtightvnc', 'wayvnc', 'krfb'],
  },
  { kind: 'remote-desktop', name: 'xrdp', programs: ['xrdp', 'xrdp-sesman'] },
  { kind: 'remote-desktop', name: 'gnome-remote-desktop', programs: ['gnome-remote-desktop-daemon'] },
  { kind: 'remote-desktop', name: 'nomachine', programs: ['nxserver.bin', 'nxd', 'nxnode.bin'] },
  { kind: 'remote-desktop', name: 'chrome-remote-desktop', programs: ['chrome-remote-desktop-host'] },
  { kind: 'remote-desktop', name: 'splashtop', programs: ['SRStreamer', 'splashtop-streamer'] },
  { kind: 'remote-desktop', name: 'dwservice', programs: ['dwagsvc', 'dwagent'] },
  { kind: 'remote-desktop', name: 'meshcentral', programs: ['meshagent'] },
  { kind: 'remote-desktop', name: 'screenconnect', programs: ['screenconnect'] },
  { kind: 'remote-desktop', name: 'parsec', programs: ['parsecd'] },
  { kind: 'remote-desktop', name: 'sunshine', programs: ['sunshine'] },
]
const byProgram = new Map(
  products.flatMap(({ programs, kind, name }) =>
    programs.map((program) => [program, { kind, name }] as const),
  ),
)

const interpreters = /^(python[\d.]*|node|perl|ruby|sh|bash|dash|java)$/

/** What a command line runs, when that is a way in: the program, or the script of an interpreter. */
export function productOf(argv: readonly string[]): Pick<Path, 'kind' | 'name'> | null {
  const [first = '', ...rest] = argv
  const program = posix.basename((first.split(' ')[0] ?? '').replace(/:$/, ''))
  const found = byProgram.get(program)
  if (found !== undefined) return found
  if (/^(auto)?ssh$/.test(program) && opensBack(rest)) return { kind: 'tunnel', name: 'ssh-reverse-tunnel' }
  if (program === 'code' && rest[0] === 'tunnel') return { kind: 'tunnel', name: 'code-tunnel' }
  if (!interpreters.test(program)) return null
  const script = rest.find((arg) => !arg.startsWith('-'))
  return script === undefined ? null : (byProgram.get(posix.basename(script)) ?? null)
}

const sshTakesValue = new Set([...'BbcDEeFIiJLlmOopQRSWw'])

/** Whether the options of ssh(1) open a way back: `-R`, `-w` or RemoteForward, before the name of the host. */
function opensBack(args: readonly string[]): boolean {
  const left = [...args]
  for (let arg = left.shift(); arg?.startsWith('-'); arg = left.shift()) {
    const letters = [...arg.slice(1)]
    const at = letters.findIndex((letter) => sshTakesValue.has(letter))
    if (at < 0) continue
    const value = letters.slice(at + 1).join('') || (left.shift() ?? '')
    const option = letters[at]
    if (option === 'R' || option === 'w' || (option === 'o' && /^(RemoteForward|Tunnel)[= ]/i.test(value)))
      return true
  }
  return false
}

/** Ways in that have a network interface of their own; null when the kernel shows none. */
async function interfacesOf({ files }: HostAccess): Promise<readonly Pick<Path, 'kind' | 'name'>[] | null> {
  const names = await files.list('/sys/class/net')
  if (names.kind !== 'seen') return null
  const found = await Promise.all(
    names.value.map(async (name) => {
      const uevent = await files.text(`/sys/class/net/${name}/uevent`)
      return interfaceProduct(name, uevent.kind === 'seen' ? uevent.value : '')
    }),
  )
  return found.flatMap((name) => (name === null ? [] : [{ kind: 'vpn' as const, name }]))
}

/** By the kernel's own word for the kind of interface, else by the name that one product alone gives. */
export function interfaceProduct(name: string, uevent: string): string | null {
  if (/^DEVTYPE=wireguard$/m.test(uevent)) return 'wireguard'
  if (/^DEVTYPE=ovpn/m.test(uevent)) return 'openvpn'
  if (/^tailscale\d+$/.test(name)) return 'tailscale'
  if (/^zt[a-z0-9]{8}$/.test(name)) return 'zerotier'
  if (/^CloudflareWARP$/.test(name)) return 'cloudflare-warp'
  return null
}
