import { formatAddress, outsideOf } from './address.ts'
import { type Node, no } from './diagram/diagrams.ts'
import { assigned } from './evaluate.ts'
import type { Ground, Host } from './host.ts'
import {
  all,
  always,
  any,
  type Condition,
  equals,
  type Family,
  type Field,
  type Filter,
  within,
} from './model.ts'
import type { RuleSets } from './rule-sets.ts'
import type { Space } from './space.ts'
import { spokenOf } from './spoken-of.ts'
import { type WorkedOut, workOut } from './worked-out.ts'

export type Ports = [first: number, last: number]
/** A packet that is let in, to show what an open range means. */
export type Witness = {
  readonly protocol: 'tcp' | 'udp'
  readonly source: string
  readonly sourcePort: number
  readonly destination: string
  readonly port: number
}

/** What the filter does to new packets from outside that come in by one interface. */
export type Inbound = {
  readonly interface: string
  readonly family: Family
  /** Ports let in for some outside source, whatever the matches that are not modelled say. */
  readonly tcp: Ports[]
  readonly udp: Ports[]
  /** Ports besides those that may be let in, depending on what is named in `unmodelled`. */
  readonly mayTcp: Ports[]
  readonly mayUdp: Ports[]
  readonly unmodelled: string[]
  /** Whether a packet that no rule speaks of is let in; null when that depends on what is not modelled. */
  readonly defaultAccept: boolean | null
  /** One packet for every range of `tcp` and `udp`; worked out when asked, as there can be tens of thousands. */
  witnesses(): readonly Witness[]
}

const synchronise = 0x02n
/** Without FIN, RST and ACK; the other flags are the sender's choice. */
const handshake = 0x17n

/** What is let in, by family and interface. Throws ReachError. */
export function inbound(
  rules: RuleSets,
  host: Host,
  families: readonly Family[] = ['ipv4', 'ipv6'],
  budget?: number,
): Inbound[] {
  return families.flatMap((family) => workOut(rules, host, family, inboundOf, budget))
}

function inboundOf({ space, ground, filter, letIn }: WorkedOut): Inbound[] {
  const unspoken = space.encode(unspokenOf(space, filter))
  return ground.host.interfaces.map((one, place) => {
    const [tcp, udp] = (['tcp', 'udp'] as const).map((protocol) =>
      protocolBy(space, ground, letIn, unspoken, place, protocol),
    )
    const both = [tcp, udp].flatMap((part) => (part === undefined ? [] : [part]))
    const defaults = both.map((part) => part.default)
    return {
      interface: one.name,
      family: ground.family,
      tcp: tcp?.ports ?? [],
      udp: udp?.ports ?? [],
      mayTcp: tcp?.may ?? [],
      mayUdp: udp?.may ?? [],
      unmodelled: [...new Set(both.flatMap(({ unmodelled }) => unmodelled))].sort(),
      defaultAccept: defaults.includes(true) ? true : defaults.includes(null) ? null : false,
      witnesses: () => both.flatMap(({ witnesses }) => witnesses()),
    }
  })
}

function protocolBy(
  space: Space,
  ground: Ground,
  passed: Node,
  unspoken: Node,
  place: number,
  protocol: 'tcp' | 'udp',
) {
  const { diagrams } = space
  const number = protocol === 'tcp' ? 6n : 17n
  const fixed = (set: Node) =>
    assigned(space, set, [
      { field: 'proto', value: { is: 'constant', value: number } },
      { field: 'iif', value: { is: 'constant', value: BigInt(place) } },
    ])
  const possible = space.encode(
    all(
      ground.fromOutside(protocol === 'udp'),
      protocol === 'tcp' ? within('flags', [[synchronise, synchronise]], handshake) : always,
      ground.family === 'ipv4' ? always : any(equals('nexthdr', number), firstOptions),
    ),
  )
  const free = (level: number) => space.isFree(level)
  const open = diagrams.and(fixed(passed), possible)
  const surely = diagrams.every(diagrams.substitute(open, space.plain), free)
  const may = diagrams.some(open, free)
  const ports = (set: Node) => diagrams.some(set, (level) => !space.isOf('dport', level))
  const toItself = diagrams.and(unspoken, space.encode(ground.toItself))
  const ranges = asPorts(space, ports(surely))
  return {
    ports: ranges,
    may: asPorts(space, diagrams.and(ports(may), diagrams.not(ports(surely)))),
    unmodelled: [...diagrams.support(open)].filter(free).map((level) => space.nameOf(level)),
    default: diagrams.and(surely, toItself) !== no ? true : diagrams.and(may, toItself) === no ? false : null,
    witnesses: () => ranges.flatMap((range) => witnessOf(space, ground, surely, protocol, range)),
  }
}

/** Hop-by-hop, routing and destination options may stand before the transport header, as the sender likes. */
const firstOptions = within('nexthdr', [
  [0n, 0n],
  [43n, 43n],
  [60n, 60n],
])

function asPorts(space: Space, set: Node): Ports[] {
  return space.rangesOf(set, 'dport').map(([first, last]) => [Number(first), Number(last)])
}

/** Packets whose ports and source are in no range that a rule names; a field whose every value is named counts as any. */
function unspokenOf(space: Space, filter: Filter): Condition {
  const fields: readonly Field[] = ['dport', 'sport', 'saddr', 'mac']
  return all(
    ...fields.map((field) => {
      const rest = outsideOf(spokenOf(filter, field, space.width(field)), space.width(field))
      return rest.length === 0 ? always : within(field, rest)
    }),
  )
}

function witnessOf(
  space: Space,
  ground: Ground,
  open: Node,
  protocol: 'tcp' | 'udp',
  [first, last]: Ports,
): Witness[] {
  const { diagrams } = space
  const there = diagrams.and(open, space.encode(within('dport', [[BigInt(first), BigInt(last)]])))
  const usual = diagrams.and(there, space.encode(within('sport', [[49_152n, 65_535n]])))
  const packet = space.packetOf(usual === no ? there : usual)
  if (packet === null) return []
  const value = (field: Field) => packet.get(field) ?? 0n
  return [
    {
      protocol,
      source: formatAddress(value('saddr'), ground.family),
      sourcePort: Number(value('sport')),
      destination: formatAddress(value('daddr'), ground.family),
      port: Number(value('dport')),
    },
  ]
}
