import type { Packet } from '../index.ts'

/** A rule as the test's own interpreter understands it: conditions that all hold, then what happens. */
export type RandomRule = {
  readonly when: readonly RandomTest[]
  readonly then:
    | { readonly do: 'accept' | 'drop' | 'return' | 'nothing' }
    | { readonly do: 'jump' | 'goto'; readonly to: number }
    | { readonly do: 'mark'; readonly mark: number }
}
export type RandomTest =
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
/** The rules in the language of nft. */
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

function testInNft(one: RandomTest): string {
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

function holds(one: RandomTest, packet: Packet, mark: number): boolean {
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
