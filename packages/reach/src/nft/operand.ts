import { parseAddress, prefixRange, widthOf } from '../address.ts'
import type { Ground } from '../host.ts'
import {
  all,
  always,
  any,
  type Condition,
  equals,
  type Field,
  never,
  not,
  protocols,
  type Range,
  states,
  within,
} from '../model.ts'
import { asObject, asText, isList, type Json, only } from './json.ts'

/**
 * What stands to the left of a comparison. `needs` is implied by it and is not printed: a comparison with a TCP port is
 * false for a packet that is not TCP, also when it is negated. `test` is null where the values are not modelled.
 */
export type Operand = {
  readonly needs: Condition
  readonly name: string
  /** Set by the sender, so that asking twice gives the same answer. */
  readonly isOfPacket: boolean
  /** Something the sender adds to a packet; whatever is asked of it is false when it is not there. */
  readonly isExtra?: boolean
  readonly values: {
    /** What a constant means; null when it is not known. */
    read(constant: Json): readonly Range[] | null
    test(ranges: readonly Range[], mask: bigint | null): Condition | null
  } | null
}

export function operandOf(left: Json, ground: Ground): Operand {
  const [kind, content] = only(left) ?? ['?', null]
  const about = asObject(content) ?? {}
  const key = asText(about.key) ?? ''
  if (kind === 'payload') return payload(asText(about.protocol), asText(about.field) ?? '', ground)
  if (kind === 'meta') return meta(key, ground)
  if (kind === 'ct') return connection(key)
  if (kind === 'fib') return route(about.result, about.flags, ground)
  if (kind === 'exthdr' || kind === 'rt')
    return { ...unmodelled(kind, ground.family === 'ipv6' ? always : never, true), isExtra: true }
  if (kind === 'tcp option') return { ...unmodelled(kind, equals('proto', 6), true), isExtra: true }
  if (kind === 'ip option')
    return { ...unmodelled(kind, ground.family === 'ipv4' ? always : never, true), isExtra: true }
  return unmodelled(key === '' ? kind : `${kind} ${key}`)
}

function unmodelled(name: string, needs: Condition = always, isOfPacket = false): Operand {
  return { needs, name, isOfPacket, values: null }
}

/** A field of the packet's space; `symbols` are the words for its values. */
function field(name: Field, needs: Condition, symbols: (text: string) => readonly Range[] | null): Operand {
  return {
    needs,
    name,
    isOfPacket: true,
    values: {
      read: (constant) => readConstant(constant, symbols),
      test: (ranges, mask) => within(name, ranges, mask),
    },
  }
}

/** Something that has one value for every packet that is looked at. */
function fixed(
  name: string,
  value: bigint,
  symbols: (text: string) => readonly Range[] | null,
  needs = always,
): Operand {
  return {
    needs,
    name,
    isOfPacket: true,
    values: {
      read: (constant) => readConstant(constant, symbols),
      test: (ranges, mask) => {
        const masked = mask === null ? value : value & mask
        return ranges.some(([first, last]) => first <= masked && masked <= last) ? always : never
      },
    },
  }
}

const one = (value: bigint): readonly Range[] => [[value, value]]
const known = (table: Readonly<Record<string, bigint>>) => (text: string) => {
  const value = Object.hasOwn(table, text) ? table[text] : undefined
  return value === undefined ? null : one(value)
}
const noWords = () => null
const flagBits = { fin: 1n, syn: 2n, rst: 4n, psh: 8n, ack: 16n, urg: 32n, ecn: 64n, cwr: 128n }

function payload(protocol: string | null, part: string, ground: Ground): Operand {
  const { family } = ground
  const isFamily = (wanted: string) => (family === wanted ? always : never)
  const address = (text: string) => {
    const value = parseAddress(text, family)
    return value === null ? null : one(value)
  }
  if (protocol === 'ip' || protocol === 'ip6') {
    const needs = isFamily(protocol === 'ip' ? 'ipv4' : 'ipv6')
    if (part === 'saddr' || part === 'daddr') return field(part, needs, address)
    if (part === 'protocol') return field('proto', needs, known(protocols))
    if (part === 'nexthdr') return field('nexthdr', needs, known(protocols))
    if (part === 'version') return fixed('version', family === 'ipv4' ? 4n : 6n, noWords, needs)
    // A packet that comes whole; a filter that tracks connections sees no other.
    if (part === 'frag-off') return fixed('frag-off', 0n, noWords, needs)
    return unmodelled(`${protocol} ${part}`, needs, true)
  }
  if (protocol === 'ether' && part === 'saddr') return field('mac', always, ethernet)
  if (protocol === 'th' && (part === 'dport' || part === 'sport')) return field(part, always, noWords)
  const number = protocol === null ? undefined : protocols[protocol]
  if (protocol === null || number === undefined)
    return unmodelled(protocol === null ? 'raw payload' : `${protocol} ${part}`, always, true)
  const needs = equals('proto', number)
  if (part === 'dport' || part === 'sport') return field(part, needs, noWords)
  if (protocol === 'tcp' && part === 'flags') return field('flags', needs, known(flagBits))
  return unmodelled(`${protocol} ${part}`, needs, true)
}

function ethernet(text: string): readonly Range[] | null {
  return /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/i.test(text) ? one(BigInt(`0x${text.replaceAll(':', '')}`)) : null
}

function meta(key: string, ground: Ground): Operand {
  const v4 = ground.family === 'ipv4'
  switch (key) {
    case 'iifname':
      return field('iif', always, (pattern) =>
        pattern === '*' ? ground.places(() => true) : ground.named(pattern, '*'),
      )
    case 'iif':
      return link(ground)
    case 'oif':
    case 'oifname':
      // Before it is known where a packet goes, and in input, there is none.
      return fixed(key, 0n, (name) => one(name === '' ? 0n : 1n))
    case 'l4proto':
      return field('proto', always, known(protocols))
    case 'nfproto':
      return fixed(key, v4 ? 2n : 10n, known({ ipv4: 2n, ipv6: 10n }))
    case 'protocol':
      return fixed(
        key,
        v4 ? 0x0800n : 0x86ddn,
        known({ ip: 0x0800n, ip6: 0x86ddn, arp: 0x0806n, vlan: 0x8100n }),
      )
    case 'mark':
      return field('mark', always, noWords)
    case 'pkttype':
      return byType('meta pkttype', 'daddr', ground, {
        host: 'unicast',
        broadcast: 'broadcast',
        multicast: 'multicast',
        other: 'blackhole',
      })
    default:
      return unmodelled(`meta ${key}`)
  }
}

/** By the kernel's number; a name is that of the interface that has it now. */
function link(ground: Ground): Operand {
  const named = field('iif', always, (name) => ground.named(name, '*'))
  const numbered = (constant: Json) =>
    typeof constant === 'number'
      ? ground.places((it) => it.index === constant)
      : (named.values?.read(constant) ?? null)
  return named.values === null ? named : { ...named, values: { ...named.values, read: numbered } }
}

function connection(key: string): Operand {
  switch (key) {
    case 'state':
      return field('ct', always, known(states))
    case 'mark':
      return field('ctmark', always, noWords)
    case 'direction':
      return fixed('ct direction', 0n, known({ original: 0n, reply: 1n }))
    case 'status':
      return status
    default:
      return unmodelled(`ct ${key}`)
  }
}

const statusBits = {
  expected: 1n,
  'seen-reply': 2n,
  assured: 4n,
  confirmed: 8n,
  snat: 16n,
  dnat: 32n,
  dying: 512n,
}
/** Of a new connection only that its destination was rewritten. */
const status: Operand = {
  needs: always,
  name: 'ct status',
  isOfPacket: true,
  values: {
    read: (constant) => readConstant(constant, known(statusBits)),
    test: (ranges, mask) => {
      const holds = (value: bigint) => {
        const masked = mask === null ? value : value & mask
        return ranges.some(([first, last]) => first <= masked && masked <= last)
      }
      const [rewritten, plain] = [holds(statusBits.dnat), holds(0n)]
      return any(rewritten ? equals('dnat', 1) : never, plain ? equals('dnat', 0) : never)
    },
  },
}

function route(result: Json | undefined, flags: Json | undefined, ground: Ground): Operand {
  const list = isList(flags) ? flags : [flags ?? '']
  if (result === 'type') {
    const types = {
      local: 'local',
      unicast: 'unicast',
      broadcast: 'broadcast',
      multicast: 'multicast',
      anycast: 'anycast',
      blackhole: 'blackhole',
      unreachable: 'unreachable',
      prohibit: 'prohibit',
    }
    if (list.includes('daddr')) return byType('fib daddr type', 'daddr', ground, types)
    if (list.includes('saddr')) return byType('fib saddr type', 'saddr', ground, types)
  }
  const back = list.includes('saddr') && list.includes('iif') && (result === 'oif' || result === 'oifname')
  return back ? wayBack(ground) : unmodelled('fib')
}

/** Values are the types themselves, numbered; a packet whose type is none of those modelled has none of them. */
function byType(
  name: string,
  of: 'daddr' | 'saddr',
  ground: Ground,
  words: Readonly<Record<string, string>>,
): Operand {
  const list = Object.entries(words)
  return {
    needs: always,
    name,
    isOfPacket: true,
    values: {
      read: (constant) =>
        readConstant(constant, (text) => {
          const at = list.findIndex(([word]) => word === text)
          return at < 0 ? null : one(BigInt(at))
        }),
      test: (ranges, mask) => {
        const wanted = list.filter((_, at) =>
          ranges.some(([first, last]) => first <= BigInt(at) && BigInt(at) <= last),
        )
        const conditions = wanted.map(([, type]) => addressOfType(ground, of, type, name))
        return mask === null ? any(...conditions) : null
      },
    },
  }
}

function addressOfType(ground: Ground, of: 'daddr' | 'saddr', type: string, name: string): Condition {
  const local = name === 'meta pkttype' && type === 'unicast' ? ground.ofType(of, 'local') : null
  const found = local === null ? ground.ofType(of, type) : any(local, ground.ofType(of, type) ?? never)
  return found ?? { is: 'free', name, key: `${name} ${type}` }
}

/** Whether an answer would leave by the same link: sure for the link's own network, else a matter of routes. */
function wayBack(ground: Ground): Operand {
  const name = 'fib saddr iif'
  const exists = any(
    ...ground.host.interfaces.map((it, place) =>
      all(equals('iif', place), within('saddr', ground.onLink(it))),
    ),
    { is: 'free', name, key: name },
  )
  return {
    needs: always,
    name,
    isOfPacket: true,
    values: {
      read: (constant) =>
        typeof constant === 'boolean' ? one(constant ? 1n : 0n) : constant === 0 ? one(0n) : null,
      test: ([range]) => (range === undefined ? null : range[0] === 1n ? exists : not(exists)),
    },
  }
}

/** A constant of a right-hand side: number, word, address, prefix, range, or bits joined by `|` or in a list. */
export function readConstant(
  constant: Json,
  symbols: (text: string) => readonly Range[] | null,
): readonly Range[] | null {
  if (typeof constant === 'number' && Number.isSafeInteger(constant) && constant >= 0)
    return one(BigInt(constant))
  if (typeof constant === 'string')
    return symbols(constant) ?? (/^(0x[0-9a-f]+|\d+)$/i.test(constant) ? one(BigInt(constant)) : null)
  const bits = isList(constant) ? constant : asObject(constant)?.['|']
  if (isList(bits)) {
    const parts = bits.map((bit) => readConstant(bit, symbols)?.[0]?.[0] ?? null)
    return parts.reduce<readonly Range[] | null>(
      (sum, part) => (sum === null || part === null ? null : one((sum[0]?.[0] ?? 0n) | part)),
      one(0n),
    )
  }
  const [kind, content] = only(constant) ?? ['', null]
  if (kind === 'range' && isList(content)) {
    const [first, last] = content.map((end) => readConstant(end, symbols)?.[0] ?? null)
    return first == null || last == null ? null : [[first[0], last[1]]]
  }
  if (kind === 'prefix') {
    const { addr, len } = asObject(content) ?? {}
    const value = readConstant(addr ?? null, symbols)?.[0]?.[0]
    if (value === undefined || typeof len !== 'number') return null
    const width = typeof addr === 'string' && addr.includes(':') ? 128 : widthOf('ipv4')
    return [prefixRange(value, len, width)]
  }
  return null
}
