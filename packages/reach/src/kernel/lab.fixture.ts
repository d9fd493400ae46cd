import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Host, RuleSets } from '../index.ts'

export type Probe = {
  readonly protocol: 'tcp' | 'udp'
  readonly source: string
  readonly destination: string
  readonly port: number
}

/** Two network namespaces joined by two links, `eth0` and `eth1` on the inside, where the rules are loaded. */
export type Lab = {
  readonly host: Host
  /** Runs a shell script inside; throws with what it said when it fails. */
  inside(script: string): string
  rules(): RuleSets
  clear(): void
  /** Sends real packets from outside: whether each got an answer within `patience` milliseconds. */
  probe(probes: readonly Probe[], patience: number): Promise<readonly boolean[]>
  close(): void
}

/** Outside addresses by the inside interface they come in by. */
export const sources = {
  eth0: { ipv4: ['10.9.0.1', '10.9.0.9', '172.16.5.5'], ipv6: ['fd09::1', 'fd09::9'] },
  eth1: { ipv4: ['10.8.0.1'], ipv6: ['fd08::1'] },
} as const
export const destinations = {
  eth0: { ipv4: '10.9.0.2', ipv6: 'fd09::2' },
  eth1: { ipv4: '10.8.0.2', ipv6: 'fd08::2' },
} as const

const host: Host = {
  interfaces: (['eth0', 'eth1'] as const).map((name) => ({
    name,
    index: null,
    addresses: [
      { address: destinations[name].ipv4, prefix: 24 },
      { address: destinations[name].ipv6, prefix: 64 },
    ],
    isBridge: false,
    routesLoopback: false,
  })),
}

const network = `
ip link set lo up
ip -n $OUT link set lo up
add() { # interface net4 net6 last byte of its link address
  ip link add $1 address 02:00:00:00:00:$4 type veth peer name $1 address 02:00:00:00:01:$4 netns $OUT
  ip addr add 10.$2.0.2/24 dev $1; ip -6 addr add $3::2/64 dev $1 nodad
  ip -n $OUT addr add 10.$2.0.1/24 dev $1; ip -n $OUT -6 addr add $3::1/64 dev $1 nodad
  ip link set $1 up; ip -n $OUT link set $1 up
  for a in 10.$2.0.1 10.$2.0.9 $3::1 $3::9; do ip neigh replace $a dev $1 lladdr 02:00:00:00:01:$4; done
  for a in 10.$2.0.2 $3::2; do ip -n $OUT neigh replace $a dev $1 lladdr 02:00:00:00:00:$4; done
}
add eth0 9 fd09 10
add eth1 8 fd08 11
ip -n $OUT addr add 10.9.0.9/24 dev eth0; ip -n $OUT -6 addr add fd09::9/64 dev eth0 nodad
ip -n $OUT addr add 172.16.5.5/32 dev eth0; ip route add 172.16.5.5 via 10.9.0.1
`

export async function openLab(ports: readonly number[]): Promise<Lab> {
  const name = `reach-${process.pid}-${labs++}`
  const [inner, outer] = [`${name}-in`, `${name}-out`]
  const inside = (script: string) =>
    execFileSync('ip', ['netns', 'exec', inner, 'bash', '-e'], {
      input: `OUT=${outer}\n${script}`,
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'pipe'],
    })
  for (const one of [inner, outer]) execFileSync('ip', ['netns', 'add', one])
  inside(network)
  const node = (namespace: string, script: string, args: readonly string[]) =>
    spawn('ip', ['netns', 'exec', namespace, process.execPath, `${import.meta.dirname}/${script}`, ...args])
  const echo = node(inner, 'echo.fixture.ts', ports.map(String))
  const prober = node(outer, 'probe.fixture.ts', [])
  await lineOf(echo)
  const answers = createInterface({ input: prober.stdout })[Symbol.asyncIterator]()
  return {
    host,
    inside,
    rules: () => ({
      nft: JSON.parse(inside('nft -j list ruleset')),
      saves: ['iptables-save', 'ip6tables-save', 'iptables-legacy-save', 'ip6tables-legacy-save'].map(
        (command) => inside(`${command} -c`),
      ),
    }),
    clear: () => {
      inside(`nft flush ruleset
for t in $(cat /proc/net/ip_tables_names); do iptables-legacy -t $t -F; iptables-legacy -t $t -X; done
for t in $(cat /proc/net/ip6_tables_names); do ip6tables-legacy -t $t -F; ip6tables-legacy -t $t -X; done
[ -z "$(cat /proc/net/ip_tables_names)" ] || iptables-legacy -P INPUT ACCEPT
[ -z "$(cat /proc/net/ip6_tables_names)" ] || ip6tables-legacy -P INPUT ACCEPT`)
    },
    probe: async (probes, patience) => {
      prober.stdin.write(`${JSON.stringify({ probes, patience })}\n`)
      const { value } = await answers.next()
      return JSON.parse(String(value))
    },
    close: () => {
      for (const child of [echo, prober]) child.kill('SIGKILL')
      for (const one of [inner, outer]) execFileSync('ip', ['netns', 'del', one])
    },
  }
}

let labs = 0

function lineOf(child: ChildProcessWithoutNullStreams): Promise<string> {
  return new Promise((said, broken) => {
    child.stdout.once('data', (data) => said(String(data)))
    let errors = ''
    child.stderr.on('data', (data) => (errors += String(data)))
    child.once('exit', (code) => broken(new Error(`exit ${code}: ${errors}`)))
  })
}
