import fc from 'fast-check'
import type { Packet } from '../index.ts'

/** A rule as the test's own interpreter understands it: conditions that all hold, then what happens. */
export type RandomRule = {
  readonly when: readonly Test[]
  readonly then:
    | { readonly do: 'accept' | 'drop' | 'return' | 'nothing' }
    | { readonly do: 'jump' | 'goto'; readonly to: number }
    | { readonly do: 'mark'; readonly mark: number }
}
type Test =
  | { readonly of: 'protocol'; readonly is: 'tcp' | 'udp'; readonly negated: boolean }
  | {
      readonly of: 'port'
      readonly protocol: 'tcp' | 'udp' | 'th'
      readonly first: number
      readonly last: number
      readonly negated: boolean
    }
  | { readonly of: 'source'; readonly address: string; readonly length: number; readonly negated: boolean }
  | { readonly of: 'interface'; readonly is: string; readonly negated: boolean }
  | { readonly of: 'mark'; readonly mask: number; readonly value: number; readonly negated: boolean }
/** Base chains at rising priorities, each with chains of its own that lead forwards only. */
export type RandomFilter = readonly {
  readonly hook: 'prerouting' | 'input'
  readonly policy: 'accept' | 'drop'
  readonly chains: readonly (readonly RandomRule[])[]
}[]

export const somePorts = [22, 53, 80, 81, 443, 8080, 9000]
const port = fc.constantFrom(...somePorts)
const negated = fc.boolean()
const test: fc.Arbitrary<Test> = fc.oneof(
  fc.record({
    of: fc.constant('protocol' as const),
    is: fc.constantFrom('tcp' as const, 'udp' as const),
    negated,
  }),
  fc
    .record({
      of: fc.constant('port' as const),
      protocol: fc.constantFrom('tcp' as const, 'udp' as const, 'th' as const),
      first: port,
      last: port,
      negated,
    })
    .map((one) => ({ ...one, first: Math.min(one.first, one.last), last: Math.max(one.first, one.last) })),
  fc.record({
    of: fc.constant('source' as const),
    address: fc.constantFrom('10.9.0.1', '10.9.0.8', '172.16.0.0', '10.8.0.0'),
    length: fc.constantFrom(12, 24, 30, 32),
    negated,
  }),
  fc.record({ of: fc.constant('interface' as const), is: fc.constantFrom('eth0', 'eth1', 'lo'), negated }),
  fc.record({
    of: fc.constant('mark' as const),
    mask: fc.constantFrom(1, 2, 3),
    value: fc.constantFrom(0, 1, 2, 3),
    negated,
  }),
)

function rule(at: number, chains: number): fc.Arbitrary<RandomRule> {
  const below = chains - at - 1
  const ends = fc.constantFrom<RandomRule['then']>(
    { do: 'accept' },
    { do: 'drop' },
    { do: 'return' },
    { do: 'nothing' },
  )
  const marks = fc.record({ do: fc.constant('mark' as const), mark: fc.nat(3) })
  const leads = fc.record({
    do: fc.constantFrom('jump' as const, 'goto' as const),
    to: fc.integer({ min: at + 1, max: chains - 1 }),
  })
  const then = below > 0 ? fc.oneof(ends, marks, leads, leads) : fc.oneof(ends, ends, marks)
  return fc.record({ when: fc.array(test, { maxLength: 3 }), then })
}

export const randomFilter: fc.Arbitrary<RandomFilter> = fc.array(
  fc.integer({ min: 1, max: 4 }).chain((chains) =>
    fc.record({
      hook: fc.constantFrom('prerouting' as const, 'input' as const),
      policy: fc.constantFrom('accept' as const, 'drop' as const),
      chains: fc.tuple(
        ...Array.from({ length: chains }, (_, at) => fc.array(rule(at, chains), { maxLength: 6 })),
      ),
    }),
  ),
  { minLength: 1, maxLength: 3 },
)

/** The same in the language of nft. */
export function inNft(filter: RandomFilter): string {
  return filter
    .map(({ hook, policy, chains }, at) => {
      const bodies = chains.map((rules, number) => {
        const head = number === 0 ? `type filter hook ${hook} priority ${at}; policy ${policy};\n` : ''
        return `chain c${number} {\n${head}${rules.map(ruleInNft).join('\n')}\n}`
      })
      const declared = chains.map((_, number) => `chain c${number} {\n}`)
      return `table inet t${at} {\n${[...declared.slice(1), ...bodies.toReversed()].join('\n')}\n}`
    })
    .join('\n')
}

function ruleInNft({ when, then }: RandomRule): string {
  const verdict =
    then.do === 'nothing'
      ? 'counter'
      : then.do === 'mark'
        ? `meta mark set ${then.mark}`
        : 'to' in then
          ? `${then.do} c${then.to}`
          : then.do
  return [...when.map(testInNft), verdict].join(' ')
}

function testInNft(one: Test): string {
  const not = one.negated ? '!= ' : ''
  switch (one.of) {
    case 'protocol':
      return `meta l4proto ${not}${one.is}`
    case 'port':
      return `${one.protocol} dport ${not}${one.first === one.last ? one.first : `${one.first}-${one.last}`}`
    case 'source':
      return `ip saddr ${not}${one.address}${one.length === 32 ? '' : `/${one.length}`}`
    case 'interface':
      return `iifname ${not}"${one.is}"`
    case 'mark':
      return `meta mark & ${one.mask} ${one.negated ? '!=' : '=='} ${one.value & one.mask}`
  }
}

/** What becomes of an IPv4 packet, rule by rule. */
export function goThrough(filter: RandomFilter, packet: Packet): boolean {
  let mark = 0
  type End = 'accept' | 'drop' | 'return'
  const chain = (chains: RandomFilter[number]['chains'], at: number): End => {
    for (const { when, then } of chains[at] ?? []) {
      if (!when.every((one) => holds(one, packet, mark))) continue
      if (then.do === 'accept' || then.do === 'drop' || then.do === 'return') return then.do
      if (then.do === 'mark') mark = then.mark
      if (then.do === 'goto') return chain(chains, then.to)
      if (then.do !== 'jump') continue
      const end = chain(chains, then.to)
      if (end !== 'return') return end
    }
    return 'return'
  }
  return (['prerouting', 'input'] as const).every((hook) =>
    filter
      .filter((one) => one.hook === hook)
      .every(({ policy, chains }) => {
        const end = chain(chains, 0)
        return end === 'return' ? policy === 'accept' : end === 'accept'
      }),
  )
}

function holds(one: Test, packet: Packet, mark: number): boolean {
  switch (one.of) {
    case 'protocol':
      return (packet.protocol === one.is) !== one.negated
    case 'port':
      if (one.protocol !== 'th' && one.protocol !== packet.protocol) return false
      return (one.first <= packet.port && packet.port <= one.last) !== one.negated
    case 'source': {
      const number = (text: string) => text.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0)
      const size = 2 ** (32 - one.length)
      return (
        (Math.floor(number(packet.source) / size) === Math.floor(number(one.address) / size)) !== one.negated
      )
    }
    case 'interface':
      return (packet.interface === one.is) !== one.negated
    case 'mark':
      return ((mark & one.mask) === (one.value & one.mask)) !== one.negated
  }
}
