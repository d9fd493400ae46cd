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
import type { Option } from './rule.ts'

type Read = (option: Option, ground: Ground) => Condition | null

const port =
  (field: Field): Read =>
  ({ values: [text = ''] }) => {
    const range = portRange(text)
    return range === null ? null : within(field, [range])
  }
const portList =
  (...fields: readonly Field[]): Read =>
  ({ values: [text = ''] }) => {
    const ranges = text.split(',').map(portRange)
    return ranges.includes(null)
      ? null
      : any(
          ...fields.map((field) =>
            within(
              field,
              ranges.flatMap((range) => (range === null ? [] : [range])),
            ),
          ),
        )
  }

/** What the options of iptables-extensions(8) mean by the name of their match; an option that is not here is not modelled. */
const readers: Readonly<Record<string, Readonly<Record<string, Read>>>> = {
  tcp: {
    '--dport': port('dport'),
    '--sport': port('sport'),
    '--syn': () => within('flags', [[2n, 2n]], 0x17n),
    '--tcp-flags': ({ values: [mask = '', set = ''] }) => {
      const [under, wanted] = [flags(mask), flags(set)]
      return under === null || wanted === null ? null : within('flags', [[wanted, wanted]], under)
    },
  },
  udp: { '--dport': port('dport'), '--sport': port('sport') },
  udplite: { '--dport': port('dport'), '--sport': port('sport') },
  multiport: {
    '--dports': portList('dport'),
    '--sports': portList('sport'),
    '--ports': portList('dport', 'sport'),
  },
  conntrack: {
    '--ctstate': stateList,
    '--ctdir': ({ values: [text] }) => (text === 'ORIGINAL' ? always : never),
  },
  state: { '--state': stateList },
  mark: { '--mark': marked('mark') },
  connmark: { '--mark': marked('ctmark') },
  mac: {
    '--mac-source': ({ values: [text = ''] }) =>
      /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/i.test(text)
        ? equals('mac', BigInt(`0x${text.replaceAll(':', '')}`))
        : null,
  },
  iprange: { '--src-range': addressRange('saddr'), '--dst-range': addressRange('daddr') },
  addrtype: { '--src-type': typeList('saddr'), '--dst-type': typeList('daddr') },
  comment: { '--comment': () => always },
  // Remembering an address always matches; asking for it is what is not modelled.
  recent: {
    '--set': () => always,
    '--name': () => always,
    '--mask': () => always,
    '--rsource': () => always,
    '--rdest': () => always,
  },
}

/** A match with all its options; null when one of them is not modelled. */
export function matchOf(name: string, options: readonly Option[], ground: Ground): Condition | null {
  const table = Object.hasOwn(readers, name) ? readers[name] : undefined
  if (table === undefined || options.length === 0) return null
  const conditions = options.map((option) => {
    const read = Object.hasOwn(table, option.name) ? table[option.name] : undefined
    const condition = read?.(option, ground) ?? null
    return condition === null ? null : option.inverted ? not(condition) : condition
  })
  return joinedAll(conditions)
}

/** `-s`, `-p` and the other options that need no match. */
export function basicOf(option: Option, ground: Ground): Condition | null {
  const condition = plainBasic(option, ground)
  return condition === null ? null : option.inverted ? not(condition) : condition
}

function plainBasic({ name, values: [text = ''] }: Option, ground: Ground): Condition | null {
  switch (name) {
    case '-s':
      return network('saddr', text, ground)
    case '-d':
      return network('daddr', text, ground)
    case '-i':
      return within('iif', ground.named(text, '+'))
    case '-o':
      // On the way in it is not known where a packet goes.
      return text === '+' ? always : never
    case '-p': {
      if (text === 'all') return always
      const number = Object.hasOwn(protocols, text)
        ? protocols[text]
        : /^\d+$/.test(text)
          ? BigInt(text)
          : undefined
      return number === undefined ? null : number === 0n ? always : equals('proto', number)
    }
    case '-f':
      // A packet that comes whole.
      return never
    default:
      return null
  }
}

export function joinedAll(conditions: readonly (Condition | null)[]): Condition | null {
  return conditions.includes(null) ? null : all(...conditions.map((condition) => condition ?? never))
}

function portRange(text: string): Range | null {
  const match = /^(\d{1,5})(?::(\d{1,5}))?$/.exec(text)
  return match === null ? null : [BigInt(match[1] ?? 0), BigInt(match[2] ?? match[1] ?? 0)]
}

const flagBits: Readonly<Record<string, bigint>> = {
  FIN: 1n,
  SYN: 2n,
  RST: 4n,
  PSH: 8n,
  ACK: 16n,
  URG: 32n,
  ECE: 64n,
  CWR: 128n,
  ALL: 0x3fn,
  NONE: 0n,
}

function flags(text: string): bigint | null {
  return text.split(',').reduce<bigint | null>((sum, word) => {
    const bit = Object.hasOwn(flagBits, word) ? flagBits[word] : undefined
    return sum === null || bit === undefined ? null : sum | bit
  }, 0n)
}

function stateList({ values: [text = ''] }: Option): Condition | null {
  const names = text.split(',')
  const of: Readonly<Record<string, Condition>> = {
    NEW: equals('ct', states.new),
    INVALID: equals('ct', states.invalid),
    ESTABLISHED: equals('ct', states.established),
    RELATED: equals('ct', states.related),
    UNTRACKED: equals('ct', states.untracked),
    DNAT: equals('dnat', 1),
    SNAT: never,
  }
  const found = names.map((name) => (Object.hasOwn(of, name) ? of[name] : undefined) ?? null)
  return found.includes(null) ? null : any(...found.map((condition) => condition ?? never))
}

function marked(field: Field): Read {
  return ({ values: [text = ''] }) => {
    const bits = maskedValue(text)
    return bits === null ? null : within(field, [[bits.value, bits.value]], bits.mask)
  }
}

/** `0x1/0xff`; without a mask every bit counts. */
export function maskedValue(text: string): { readonly value: bigint; readonly mask: bigint } | null {
  const [value = '', mask = '0xffffffff'] = text.split('/')
  const isNumber = /^(0x[0-9a-f]+|\d+)$/i
  return isNumber.test(value) && isNumber.test(mask) ? { value: BigInt(value), mask: BigInt(mask) } : null
}

function network(field: 'saddr' | 'daddr', text: string, { family }: Ground): Condition | null {
  const width = widthOf(family)
  const [address = '', mask = String(width)] = text.split('/')
  const value = parseAddress(address, family)
  if (value === null) return null
  if (/^\d+$/.test(mask)) return within(field, [prefixRange(value, Number(mask), width)])
  const bits = parseAddress(mask, family)
  return bits === null ? null : within(field, [[value & bits, value & bits]], bits)
}

function addressRange(field: 'saddr' | 'daddr'): Read {
  return ({ values: [text = ''] }, { family }) => {
    const [first = '', last = first] = text.split('-')
    const [low, high] = [parseAddress(first, family), parseAddress(last, family)]
    return low === null || high === null ? null : within(field, [[low, high]])
  }
}

function typeList(field: 'saddr' | 'daddr'): Read {
  return ({ values: [text = ''] }, ground) => {
    const types = text.split(',').map((type) => ground.ofType(field, type.toLowerCase()))
    return types.includes(null) ? null : any(...types.map((type) => type ?? never))
  }
}
