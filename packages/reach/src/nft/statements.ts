import { parseAddress } from '../address.ts'
import {
  type Assignment,
  all,
  always,
  anything,
  type Condition,
  equals,
  type Field,
  never,
  not,
  type Rule,
  type Step,
  states,
  type Value,
  type Verdict,
  verdict,
  within,
} from '../model.ts'
import { comparison, entries, type Reading } from './comparison.ts'
import { asObject, asText, isList, type Json, only } from './json.ts'
import { operandOf } from './operand.ts'

/** Statements that let every packet on and change nothing of it that is modelled. */
const passing: ReadonlySet<string> = new Set([
  'counter',
  'log',
  'flow',
  'dup',
  'secmark',
  'last',
  'ct helper',
  'ct timeout',
  'ct expectation',
  'tcp option',
  'reset',
  'comment',
])

export type RuleReading = Reading & {
  /** The name by which a chain of the same table is known. */
  chain(name: string): string
}

/** A rule's expressions as steps. What is not modelled may do anything, under its name. */
export function ruleOf(expressions: readonly Json[], reading: RuleReading): Rule {
  return expressions.flatMap((expression) => stepsOf(expression, reading))
}

function stepsOf(expression: Json, reading: RuleReading): readonly Step[] {
  const [kind, content] =
    typeof expression === 'string' ? [expression, null] : (only(expression) ?? ['?', null])
  const about = asObject(content) ?? {}
  const plain = verdictOf(kind, content, reading)
  if (plain !== null) return [{ do: 'verdict', verdict: plain }]
  if (passing.has(kind)) return []
  switch (kind) {
    case 'match':
      return [{ do: 'match', when: comparison(content, reading) }]
    case 'reject':
      return [verdict('drop')]
    case 'fwd':
      return [verdict('drop')]
    case 'queue':
    case 'synproxy':
      return [perhaps(kind, reading), verdict('drop')]
    case 'vmap':
      return verdictMap(about, reading)
    case 'limit':
    case 'quota':
    case 'ct count':
    case 'meter':
    case 'tproxy':
      return [sometimes(kind, reading)]
    case 'set':
    case 'map':
      return isList(about.stmt) && about.stmt.some((one) => !passing.has(only(one)?.[0] ?? ''))
        ? [sometimes(kindOfStatement(about.stmt), reading)]
        : []
    case 'notrack':
      return [untracked]
    case 'mangle':
      return [changed(about, reading)]
    case 'dnat':
    case 'redirect':
      return translation(kind, about, reading)
    case 'snat':
    case 'masquerade':
      return [
        {
          do: 'set',
          arms: [{ when: always, assign: [{ field: 'saddr', value: free(kind, reading) }] }],
          next: 'translated',
        },
      ]
    case 'xt': {
      const name = asText(about.name) ?? 'xt'
      return about.type === 'match' ? [sometimes(name, reading)] : [anything(name, reading.occurrence())]
    }
    default:
      return [anything(kind, reading.occurrence())]
  }
}

/** Packets that have no connection yet stop being looked for in the table of connections. */
export const untracked: Step = {
  do: 'set',
  arms: [
    {
      when: within('ct', [[states.invalid, states.invalid]]),
      assign: [{ field: 'ct', value: { is: 'constant', value: states.untracked } }],
    },
    { when: always, assign: [] },
  ],
  next: 'go-on',
}

function kindOfStatement(statements: readonly Json[]): string {
  return statements.map((one) => only(one)?.[0] ?? '?').join(' ')
}

function sometimes(name: string, reading: Reading): Step {
  return { do: 'match', when: { is: 'free', name, key: `${name} ${reading.occurrence()}` } }
}

function perhaps(name: string, reading: Reading): Step {
  return {
    do: 'choose',
    arms: [
      { when: { is: 'free', name, key: `${name} ${reading.occurrence()}` }, verdict: { to: 'accept' } },
      { when: always, verdict: { to: 'drop' } },
    ],
  }
}

function free(name: string, reading: Reading): Value {
  return { is: 'free', name, key: `${name} ${reading.occurrence()}` }
}

function verdictOf(kind: string, content: Json, reading: RuleReading): Verdict | null {
  if (kind === 'accept' || kind === 'drop' || kind === 'return' || kind === 'continue') return { to: kind }
  const target = asText(asObject(content)?.target)
  return (kind === 'jump' || kind === 'goto') && target !== null
    ? { to: kind, chain: reading.chain(target) }
    : null
}

function verdictMap(about: { readonly [name: string]: Json }, reading: RuleReading): readonly Step[] {
  const { name, needs, found } = entries(about.key ?? null, about.data ?? null, reading)
  if (found === null) return [{ do: 'match', when: needs }, anything(name, reading.occurrence())]
  const arms = found.map(({ when, to }) => {
    const [kind, content] = only(to) ?? ['?', null]
    return { when, verdict: verdictOf(kind, content, reading) }
  })
  return arms.some((arm) => arm.verdict === null)
    ? [anything(name, reading.occurrence())]
    : [
        {
          do: 'choose',
          arms: arms.flatMap(({ when, verdict: to }) => (to === null ? [] : [{ when, verdict: to }])),
        },
      ]
}

const whole = 0xffffffffn

/** `meta mark set …` and its like; a part of the packet that is not modelled may change as it will. */
function changed(about: { readonly [name: string]: Json }, reading: RuleReading): Step {
  const [kind, content] = only(about.key ?? null) ?? ['?', null]
  const key = asText(asObject(content)?.key)
  const value = about.value ?? null
  if ((kind === 'meta' || kind === 'ct') && key === 'mark') {
    const field: Field = kind === 'meta' ? 'mark' : 'ctmark'
    const mapped = mappedTo(value, reading)
    if (mapped !== null)
      return {
        do: 'set',
        arms: mapped.map(({ when, to }) => ({
          when,
          assign: [{ field, value: markOf(to) ?? free('mark', reading) }],
        })),
        next: 'go-on',
      }
    return {
      do: 'set',
      arms: [{ when: always, assign: [{ field, value: markOf(value) ?? free('mark', reading) }] }],
      next: 'go-on',
    }
  }
  const operand = operandOf(about.key ?? null, reading.ground)
  const field = modelled.find((one) => one === operand.name)
  if (field === undefined || kind !== 'payload') return { do: 'match', when: always }
  const constant = operand.values?.read(value)?.[0]?.[0]
  return {
    do: 'set',
    arms: [
      {
        when: operand.needs,
        assign: [
          {
            field,
            value: constant === undefined ? free(operand.name, reading) : { is: 'constant', value: constant },
          },
        ],
      },
    ],
    next: 'go-on',
  }
}

const modelled: readonly Field[] = ['saddr', 'daddr', 'sport', 'dport', 'mac', 'flags', 'proto', 'nexthdr']

/** What a map gives for each of its keys; null for what is no map, or one whose entries are not known. */
function mappedTo(value: Json, reading: Reading) {
  const map = asObject(asObject(value)?.map)
  return map === null ? null : entries(map.key ?? null, map.data ?? null, reading).found
}

/** A mark made of constants and marks by `&`, `|` and `^` with constants. */
function markOf(value: Json): Extract<Value, { is: 'bits' | 'constant' }> | null {
  if (typeof value === 'number') return { is: 'constant', value: BigInt(value) }
  const [kind, content] = only(value) ?? ['', null]
  if ((kind === 'meta' || kind === 'ct') && asObject(content)?.key === 'mark')
    return { is: 'bits', of: [{ field: kind === 'meta' ? 'mark' : 'ctmark', and: whole }], xor: 0n }
  if (!['&', '|', '^'].includes(kind) || !isList(content) || content.length !== 2) return null
  const [left, right] = content.map(markOf)
  const [bits, constant] =
    right?.is === 'constant' ? [left, right.value] : [right, left?.is === 'constant' ? left.value : null]
  if (bits == null || constant === null) return null
  const { of, xor } = bits.is === 'bits' ? bits : { of: [], xor: bits.value }
  const masked = (mask: bigint) => of.map((part) => ({ ...part, and: part.and & mask }))
  if (kind === '&') return { is: 'bits', of: masked(constant), xor: xor & constant }
  if (kind === '^') return { is: 'bits', of, xor: xor ^ constant }
  return { is: 'bits', of: masked(~constant & whole), xor: xor | constant }
}

export const rewritten: Assignment = { field: 'dnat', value: { is: 'constant', value: 1n } }

/** `dnat` and `redirect`: the destination is rewritten, and no other nat chain of the hook is asked. */
function translation(
  kind: 'dnat' | 'redirect',
  about: { readonly [name: string]: Json },
  reading: RuleReading,
): readonly Step[] {
  const { ground } = reading
  const other = ground.family === 'ipv4' ? 'ip6' : 'ip'
  if (about.family === other) return [{ do: 'match', when: never }]
  const destinations =
    kind === 'redirect'
      ? redirected(reading)
      : (addressed(about.addr, reading) ?? [
          { when: always, assign: [{ field: 'daddr' as const, value: free('dnat', reading) }] },
        ])
  const ports = portsOf(about.port, kind, reading)
  return [
    ...(kind === 'redirect' ? [droppedWithoutAddress(reading)] : []),
    {
      do: 'set',
      arms: destinations.flatMap((to) =>
        ports.map((port) => ({
          when: all(to.when, port.when),
          assign: [rewritten, ...to.assign, ...port.assign],
        })),
      ),
      next: 'translated',
    },
  ]
}

export type Arm = { readonly when: Condition; readonly assign: readonly Assignment[] }

type Placed = { readonly ground: Reading['ground'] }

/** A redirect leads to the first address of the interface that the packet came in by. */
export function redirected({ ground }: Placed): readonly Arm[] {
  if (!ground.isKnown) return [{ when: always, assign: [] }]
  return ground.host.interfaces.flatMap((one, place): Arm[] => {
    const value = ground.ownOf(one)
    return value === null
      ? []
      : [{ when: equals('iif', place), assign: [{ field: 'daddr', value: { is: 'constant', value } }] }]
  })
}

/** An interface without an address has nowhere to redirect to. */
export function droppedWithoutAddress({ ground }: Placed): Step {
  const without = ground.isKnown ? ground.places((one) => ground.ownOf(one) === null) : []
  return {
    do: 'choose',
    arms: [
      { when: within('iif', without), verdict: { to: 'drop' } },
      { when: always, verdict: { to: 'continue' } },
    ],
  }
}

function addressed(address: Json | undefined, reading: RuleReading): readonly Arm[] | null {
  if (address === undefined) return [{ when: always, assign: [] }]
  const mapped = mappedTo(address, reading)
  const targets = mapped ?? [{ when: always, to: address }]
  const arms = targets.map(({ when, to }) => {
    const assign = destinationOf(to, reading)
    return assign === null ? null : { when, assign }
  })
  return arms.includes(null) ? null : arms.flatMap((arm) => (arm === null ? [] : [arm]))
}

function destinationOf(to: Json, reading: RuleReading): readonly Assignment[] | null {
  const concatenated = asObject(to)?.concat
  const [address, port] = isList(concatenated) ? concatenated : [to, undefined]
  const value = typeof address === 'string' ? parseAddress(address, reading.ground.family) : null
  if (value === null) return null
  const daddr: Assignment = { field: 'daddr', value: { is: 'constant', value } }
  return port === undefined
    ? [daddr]
    : typeof port === 'number'
      ? [daddr, { field: 'dport', value: { is: 'constant', value: BigInt(port) } }]
      : null
}

function portsOf(port: Json | undefined, kind: string, reading: RuleReading): readonly Arm[] {
  if (port === undefined) return [{ when: always, assign: [] }]
  const to = (value: Value): Assignment => ({ field: 'dport', value })
  const constant = (one: Json): Value =>
    typeof one === 'number' ? { is: 'constant', value: BigInt(one) } : free(kind, reading)
  const mapped = mappedTo(port, reading)
  if (mapped !== null) return mapped.map((entry) => ({ when: entry.when, assign: [to(constant(entry.to))] }))
  const range = asObject(port)?.range
  if (!isList(range)) return [{ when: always, assign: [to(constant(port))] }]
  const [first, last] = range
  if (typeof first !== 'number' || typeof last !== 'number')
    return [{ when: always, assign: [to(free(kind, reading))] }]
  return rangeOfPorts(first, last, free(kind, reading))
}

/** A destination port that lies in the range stays; another becomes one of the range, which one cannot be told. */
export function rangeOfPorts(first: number, last: number, value: Value): readonly Arm[] {
  const inside = within('dport', [[BigInt(first), BigInt(last)]])
  return [
    { when: inside, assign: [] },
    { when: not(inside), assign: [{ field: 'dport', value }] },
  ]
}
