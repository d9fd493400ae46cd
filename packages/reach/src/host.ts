import { joined, parseAddress, prefixRange, widthOf } from './address.ts'
import { all, any, type Condition, type Family, never, not, type Range, within } from './model.ts'

export type Interface = {
  readonly name: string
  /** The kernel's number of it; null when not known. */
  readonly index: number | null
  readonly addresses: readonly { readonly address: string; readonly prefix: number }[]
  /** Whether frames are bridged here, so that tables of the family `bridge` are asked too. */
  readonly isBridge: boolean
  /** `net.ipv4.conf.*.route_localnet`: packets to 127.0.0.0/8 are taken from this link; null when not known. */
  readonly routesLoopback: boolean | null
}

/** The host whose filter it is: its interfaces but loopback, in any order. */
export type Host = { readonly interfaces: readonly Interface[] }

const range = (text: string, length: number, family: Family): Range =>
  prefixRange(parseAddress(text, family) ?? 0n, length, widthOf(family))

/** Addresses of a family by what they mean to one host. */
export class Ground {
  readonly host: Host
  readonly family: Family
  readonly own: readonly Range[]
  readonly broadcast: readonly Range[]
  readonly multicast: readonly Range[]
  readonly loopback: readonly Range[]

  constructor(host: Host, family: Family) {
    this.host = host
    this.family = family
    const v4 = family === 'ipv4'
    const given = host.interfaces.flatMap(({ addresses }) => addresses.flatMap((one) => this.#parsed(one)))
    this.own = joined(given.map(({ value }) => [value, value]))
    this.loopback = [v4 ? range('127.0.0.0', 8, family) : range('::1', 128, family)]
    this.multicast = [v4 ? range('224.0.0.0', 4, family) : range('ff00::', 8, family)]
    const ends = given
      .filter(({ prefix }) => prefix < 31)
      .map(({ value, prefix }): Range => {
        const [, last] = prefixRange(value, prefix, 32)
        return [last, last]
      })
    this.broadcast = v4 ? joined([range('255.255.255.255', 32, family), ...ends]) : []
  }

  #parsed({ address, prefix }: Interface['addresses'][number]) {
    const value = parseAddress(address, this.family)
    return value === null ? [] : [{ value, prefix }]
  }

  /** Whether the host's own addresses of this family are known. */
  get isKnown(): boolean {
    return this.own.length > 0
  }

  /** Addresses that an interface's link itself reaches, so that a route back by it is sure. */
  onLink(one: Interface): Range[] {
    const width = widthOf(this.family)
    return joined(
      one.addresses
        .flatMap((it) => this.#parsed(it))
        .map(({ value, prefix }) => prefixRange(value, prefix, width)),
    )
  }

  /** The address that a redirect on this interface leads to; null when the interface has none. */
  ownOf(one: Interface): bigint | null {
    const values = one.addresses.flatMap((it) => this.#parsed(it)).map(({ value }) => value)
    const linkLocal = range('fe80::', 10, 'ipv6')
    const global = values.find(
      (value) => this.family === 'ipv4' || value < linkLocal[0] || value > linkLocal[1],
    )
    return global ?? values[0] ?? null
  }

  /** Interfaces whose names fit, by their place in the list; `*` or `+` at the end is any rest. */
  named(pattern: string, wildcard: '*' | '+'): Range[] {
    const fits = pattern.endsWith(wildcard)
      ? (name: string) => name.startsWith(pattern.slice(0, -1))
      : (name: string) => name === pattern
    return this.places((one) => fits(one.name))
  }

  places(fits: (one: Interface) => boolean): Range[] {
    return this.host.interfaces.flatMap((one, place): Range[] =>
      fits(one) ? [[BigInt(place), BigInt(place)]] : [],
    )
  }

  /** An address of one of the kernel's types; null for a type that is not modelled or when own addresses are not known. */
  ofType(field: 'daddr' | 'saddr', type: string): Condition | null {
    if (type === 'multicast') return within(field, this.multicast)
    if (!this.isKnown) return null
    if (type === 'local') return within(field, [...this.own, ...this.loopback])
    if (type === 'broadcast') return this.family === 'ipv4' ? within(field, this.broadcast) : never
    if (type === 'anycast') return this.family === 'ipv4' ? never : null
    if (type !== 'unicast') return null
    return not(within(field, [...this.own, ...this.loopback, ...this.broadcast, ...this.multicast]))
  }

  /**
   * Packets that can come from outside by this host's interfaces: a source that is neither loopback nor an address of
   * the host itself (the kernel takes such a source for forged) nor a group, and a destination that is the host's: its
   * own addresses, and for UDP broadcast and multicast too. When the addresses are not known, any but loopback.
   */
  fromOutside(udp: boolean): Condition {
    const v4 = this.family === 'ipv4'
    const groups = [
      ...this.multicast,
      ...(v4 ? [range('0.0.0.0', 8, 'ipv4'), range('255.255.255.255', 32, 'ipv4')] : [[0n, 0n] as const]),
    ]
    const source = not(within('saddr', [...this.loopback, ...this.own, ...groups]))
    const asking = all(within('saddr', [[0n, 0n]]), within('daddr', [range('255.255.255.255', 32, 'ipv4')]))
    const group = [...this.multicast, ...this.broadcast]
    const destination = this.isKnown
      ? within('daddr', [...this.own, ...(udp ? group : []), ...(v4 ? this.loopback : [])])
      : udp
        ? always4(this)
        : not(within('daddr', [...group, ...(v4 ? [] : this.loopback)]))
    return all(udp && v4 ? any(source, asking) : source, destination)
  }

  /** Destinations that are the host's alone, not a group's. */
  get toItself(): Condition {
    return this.isKnown
      ? within('daddr', this.own)
      : not(within('daddr', [...this.multicast, ...this.broadcast, ...this.loopback]))
  }

  /** Whether a packet, with the destination it has now, goes to the host's own input. */
  get goesToInput(): Condition {
    const ways = this.host.interfaces.map((one, place) =>
      all(
        within('iif', [[BigInt(place), BigInt(place)]]),
        one.routesLoopback === null
          ? { is: 'free', name: 'route_localnet', key: `route_localnet ${one.name}` }
          : one.routesLoopback
            ? all()
            : never,
      ),
    )
    const loopback = this.family === 'ipv4' ? all(within('daddr', this.loopback), any(...ways)) : never
    const others = this.isKnown
      ? within('daddr', [...this.own, ...this.broadcast, ...this.multicast])
      : not(within('daddr', this.loopback))
    const rewritten: Condition = {
      is: 'any',
      of: [
        within('dnat', [[0n, 0n]]),
        this.isKnown ? all() : { is: 'free', name: 'dnat', key: 'dnat to an address that may be the host’s' },
      ],
    }
    return any(loopback, all(others, rewritten))
  }
}

function always4(ground: Ground): Condition {
  return ground.family === 'ipv4' ? all() : not(within('daddr', ground.loopback))
}
