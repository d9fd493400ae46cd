import { parseAddress } from '../address.ts'
import type { Ground } from '../host.ts'
import {
  type Assignment,
  all,
  always,
  any,
  anything,
  type Condition,
  equals,
  type Field,
  type Hooked,
  not,
  type Rule,
  type Step,
  type Value,
  verdict,
  within,
} from '../model.ts'
import {
  type Arm,
  droppedWithoutAddress,
  rangeOfPorts,
  redirected,
  rewritten,
  untracked,
} from '../nft/statements.ts'
import { basicOf, joinedAll, maskedValue, matchOf } from './matches.ts'
import { type Option, readRule, type SavedRule } from './rule.ts'
import type { Saved, SavedTable } from './save.ts'

/** Where the built-in chains hang (NF_IP_PRI_*), by table and chain. */
const places: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  raw: { PREROUTING: -300 },
  mangle: { PREROUTING: -150, INPUT: -150 },
  nat: { PREROUTING: -100, INPUT: 100 },
  filter: { INPUT: 0 },
  security: { INPUT: 50 },
}

/** Targets that let the packet on and change nothing of it that is modelled. */
const passing: ReadonlySet<string> = new Set([
  'LOG',
  'NFLOG',
  'ULOG',
  'TRACE',
  'AUDIT',
  'TEE',
  'SET',
  'CLASSIFY',
  'DSCP',
  'TOS',
  'TCPMSS',
  'TCPOPTSTRIP',
  'TTL',
  'HL',
  'ECN',
  'CHECKSUM',
  'SECMARK',
  'CONNSECMARK',
  'IDLETIMER',
  'LED',
  'RATEEST',
])

type Naming = (chain: string) => string

/** Tables that stand in nothing else, with their chains under unique names. */
export function savedFilter(
  saved: Saved,
  ground: Ground,
): { chains: Map<string, readonly Rule[]>; hooked: Hooked[] } {
  const chains = new Map<string, readonly Rule[]>()
  const hooked: Hooked[] = []
  for (const table of saved.tables.values()) {
    const naming: Naming = (chain) => `${saved.variant} iptables ${table.name} ${chain}`
    for (const chain of table.chains.values()) {
      chains.set(naming(chain.name), savedRules(table, chain.name, naming, ground))
      const priority = places[table.name]?.[chain.name]
      if (priority !== undefined && chain.policy !== null)
        hooked.push({
          chain: naming(chain.name),
          kind: table.name === 'nat' ? 'nat' : 'filter',
          hook: chain.name === 'INPUT' ? 'input' : 'prerouting',
          priority,
          policy: chain.policy === 'DROP' ? 'drop' : 'accept',
          applies: always,
        })
    }
  }
  return { chains, hooked }
}

/** Rules of one saved chain. */
export function savedRules(
  table: SavedTable,
  chain: string,
  naming: Naming,
  ground: Ground,
): readonly Rule[] {
  return (table.chains.get(chain)?.rules ?? []).map((words, at) =>
    ruleOf(readRule(words), table, naming, ground, `${naming(chain)} #${at}`),
  )
}

function ruleOf(rule: SavedRule, table: SavedTable, naming: Naming, ground: Ground, key: string): Rule {
  const unmodelled = (name: string): Condition => ({ is: 'free', name, key: `${key} ${name}` })
  const basic = joinedAll(rule.basic.map((option) => basicOf(option, ground))) ?? unmodelled('option')
  const matches = rule.matches.map(({ name, options }): Condition => {
    if (name === 'rpfilter') return backwards(options, ground, unmodelled(name))
    if (isIcmp(name)) return all(equals('proto', name === 'icmp' ? 1 : 58), unmodelled(name))
    if (extras.has(name)) return { is: 'free', name, key: `${key} ${name}`, isExtra: true }
    const bare = options.length === 0 && plain.has(name)
    return bare ? always : (matchOf(name, options, ground) ?? unmodelled(name))
  })
  const { target } = rule
  const steps =
    target === null
      ? []
      : table.chains.has(target.name)
        ? leads(target, naming)
        : targetOf(target.name, target.options, ground, key)
  return [{ do: 'match', when: all(basic, ...matches) }, ...steps]
}

/** Matches that ask nothing beyond the protocol when they stand alone. */
const plain: ReadonlySet<string> = new Set(['tcp', 'udp', 'udplite', 'comment'])
/** Matches of headers that the sender may add. */
const extras: ReadonlySet<string> = new Set(['rt', 'frag', 'hbh', 'dst', 'mh', 'ah', 'esp'])
const isIcmp = (name: string) => name === 'icmp' || name === 'icmp6' || name === 'ipv6-icmp'

function leads(target: { readonly name: string; readonly goto: boolean }, naming: Naming): readonly Step[] {
  return [{ do: 'verdict', verdict: { to: target.goto ? 'goto' : 'jump', chain: naming(target.name) } }]
}

/** Whether an answer leaves by the same link: sure for the link's own network. `--invert` asks for the contrary. */
function backwards(options: readonly Option[], ground: Ground, unmodelled: Condition): Condition {
  const onLink = ground.host.interfaces.map((one, place) =>
    all(equals('iif', place), within('saddr', ground.onLink(one))),
  )
  const passes = any(...onLink, unmodelled)
  return options.some(({ name }) => name === '--invert') ? not(passes) : passes
}

function targetOf(name: string, options: readonly Option[], ground: Ground, key: string): readonly Step[] {
  if (passing.has(name)) return []
  switch (name) {
    case 'ACCEPT':
      return [verdict('accept')]
    case 'DROP':
    case 'REJECT':
      return [verdict('drop')]
    case 'RETURN':
      return [verdict('return')]
    case 'NOTRACK':
      return [untracked]
    case 'CT':
      return options.some((option) => option.name === '--notrack') ? [untracked] : []
    case 'MARK':
    case 'CONNMARK':
      return [markOf(name, options, key)]
    case 'REDIRECT':
      return [
        droppedWithoutAddress({ ground }),
        translated(redirected({ ground }), optionValue(options, '--to-ports'), key),
      ]
    case 'DNAT':
      return [destination(optionValue(options, '--to-destination') ?? '', ground, key)]
    case 'SNAT':
    case 'MASQUERADE':
      return [set([{ field: 'saddr', value: { is: 'free', name, key } }], 'translated')]
    case 'TPROXY':
    case 'QUEUE':
    case 'NFQUEUE':
    case 'SYNPROXY':
      return [
        {
          do: 'choose',
          arms: [
            { when: { is: 'free', name, key: `${key} ${name}` }, verdict: { to: 'accept' } },
            { when: always, verdict: { to: 'drop' } },
          ],
        },
      ]
    default:
      return [anything(name, `${key} ${name}`)]
  }
}

function optionValue(options: readonly Option[], name: string): string | undefined {
  return options.find((option) => option.name === name)?.values[0]
}

function set(assign: readonly Assignment[], next: 'go-on' | 'translated'): Step {
  return { do: 'set', arms: [{ when: always, assign }], next }
}

const whole = 0xffffffffn

function markOf(name: 'MARK' | 'CONNMARK', options: readonly Option[], key: string): Step {
  const field: Field = name === 'MARK' ? 'mark' : 'ctmark'
  const bits = (option: string) => maskedValue(optionValue(options, option) ?? '')
  const masks = { mark: bits('--nfmask')?.value ?? whole, ctmark: bits('--ctmask')?.value ?? whole }
  const has = (option: string) => options.some((one) => one.name === option)
  const copied = (to: 'mark' | 'ctmark', from: 'mark' | 'ctmark'): Step =>
    set(
      [
        {
          field: to,
          value: {
            is: 'bits',
            of: [
              { field: to, and: ~masks[to] & whole },
              { field: from, and: masks[from] },
            ],
            xor: 0n,
          },
        },
      ],
      'go-on',
    )
  if (has('--save-mark')) return copied('ctmark', 'mark')
  if (has('--restore-mark')) return copied('mark', 'ctmark')
  const changed = bits('--set-xmark')
  const value: Value =
    changed === null
      ? { is: 'free', name, key }
      : { is: 'bits', of: [{ field, and: ~changed.mask & whole }], xor: changed.value }
  return set([{ field, value }], 'go-on')
}

function translated(arms: readonly Arm[], ports: string | undefined, key: string): Step {
  const port = portsOf(ports, key)
  return {
    do: 'set',
    arms: arms.flatMap((to) =>
      port.map((one) => ({ when: all(to.when, one.when), assign: [rewritten, ...to.assign, ...one.assign] })),
    ),
    next: 'translated',
  }
}

function portsOf(text: string | undefined, key: string): readonly Arm[] {
  if (text === undefined) return [{ when: always, assign: [] }]
  const free: Value = { is: 'free', name: 'port range', key }
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text)
  if (match === null) return [{ when: always, assign: [{ field: 'dport', value: free }] }]
  const [first, last] = [Number(match[1]), Number(match[2] ?? match[1])]
  return first === last
    ? [{ when: always, assign: [{ field: 'dport', value: { is: 'constant', value: BigInt(first) } }] }]
    : rangeOfPorts(first, last, free)
}

/** `192.0.2.1:80`, `[2001:db8::1]:80`, either without the port; a range of addresses cannot be told. */
function destination(text: string, { family }: Ground, key: string): Step {
  const match =
    family === 'ipv4'
      ? /^([\d.]+)(?::(.+))?$/.exec(text)
      : /^\[?([\da-fA-F:.]+)\]?(?:(?<=\]):(.+))?$/.exec(text)
  const value = parseAddress(match?.[1] ?? '', family)
  const daddr: Assignment = {
    field: 'daddr',
    value: value === null ? { is: 'free', name: 'DNAT', key } : { is: 'constant', value },
  }
  return translated([{ when: always, assign: [daddr] }], match === null ? '?' : match[2], key)
}
