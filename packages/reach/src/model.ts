/** Values of a field from the first to the last, both included. */
export type Range = readonly [bigint, bigint]
export type Family = 'ipv4' | 'ipv6'

/**
 * What is known of a packet on its way: `ct` is the connection's state as the kernel's bits, `dnat` that its
 * destination was rewritten, `iif` the place of its interface in the host's list, `nexthdr` the first header of IPv6.
 */
export type Field =
  | 'ct'
  | 'dnat'
  | 'proto'
  | 'flags'
  | 'dport'
  | 'sport'
  | 'iif'
  | 'nexthdr'
  | 'daddr'
  | 'saddr'
  | 'mac'
  | 'mark'
  | 'ctmark'

/**
 * A set of packets. `in`: the field's bits under the mask lie in one of the ranges. `free`: it cannot be told; the same
 * `key` is always the same answer for one packet, `name` is what a person is told, and `isExtra` that it is about
 * something which the sender adds to a packet, so that a packet without it is always possible.
 */
export type Condition =
  | {
      readonly is: 'in'
      readonly field: Field
      readonly mask: bigint | null
      readonly ranges: readonly Range[]
    }
  | { readonly is: 'all'; readonly of: readonly Condition[] }
  | { readonly is: 'any'; readonly of: readonly Condition[] }
  | { readonly is: 'not'; readonly of: Condition }
  | { readonly is: 'free'; readonly name: string; readonly key: string; readonly isExtra?: boolean }

export const always: Condition = { is: 'all', of: [] }
export const never: Condition = { is: 'any', of: [] }
export const all = (...of: readonly Condition[]): Condition => ({ is: 'all', of })
export const any = (...of: readonly Condition[]): Condition => ({ is: 'any', of })
export const not = (of: Condition): Condition => ({ is: 'not', of })
export const within = (field: Field, ranges: readonly Range[], mask: bigint | null = null): Condition => ({
  is: 'in',
  field,
  mask,
  ranges,
})
export const equals = (field: Field, value: bigint | number): Condition =>
  within(field, [[BigInt(value), BigInt(value)]])

/** What a field becomes. `bits`: the parts joined by exclusive or, then `xor`. `free`: it cannot be told. */
export type Value =
  | { readonly is: 'constant'; readonly value: bigint }
  | {
      readonly is: 'bits'
      readonly of: readonly { readonly field: Field; readonly and: bigint }[]
      readonly xor: bigint
    }
  | { readonly is: 'free'; readonly name: string; readonly key: string }
export type Assignment = { readonly field: Field; readonly value: Value }

export type Verdict =
  | { readonly to: 'accept' | 'drop' | 'return' | 'continue' }
  | { readonly to: 'jump' | 'goto'; readonly chain: string }

/**
 * One step of a rule. A `match` that does not match ends the rule. `choose` takes the first arm whose condition holds;
 * when none does the rule ends. `set` changes the packet by the first arm that holds; `translated` also ends the work of
 * all nat chains of the hook.
 */
export type Step =
  | { readonly do: 'match'; readonly when: Condition }
  | { readonly do: 'verdict'; readonly verdict: Verdict }
  | {
      readonly do: 'choose'
      readonly arms: readonly { readonly when: Condition; readonly verdict: Verdict }[]
    }
  | {
      readonly do: 'set'
      readonly arms: readonly { readonly when: Condition; readonly assign: readonly Assignment[] }[]
      readonly next: 'go-on' | 'translated'
    }
export type Rule = readonly Step[]

/** Where a chain is hung up. `applies` is when it is asked at all. */
export type Hooked = {
  readonly chain: string
  readonly kind: 'filter' | 'nat'
  readonly hook: 'ingress' | 'prerouting' | 'input'
  readonly priority: number
  readonly policy: 'accept' | 'drop'
  readonly applies: Condition
}

/** A packet filter as it treats packets of one family: chains by a name that is unique, and where they hang. */
export type Filter = {
  readonly chains: ReadonlyMap<string, readonly Rule[]>
  readonly hooked: readonly Hooked[]
}

export const verdict = (to: 'accept' | 'drop' | 'return' | 'continue'): Step => ({
  do: 'verdict',
  verdict: { to },
})
/** A step that may let the packet in, stop it or do nothing. */
export const anything = (name: string, key: string): Step => ({
  do: 'choose',
  arms: [
    { when: { is: 'free', name, key: `${key} accepts` }, verdict: { to: 'accept' } },
    { when: { is: 'free', name, key: `${key} drops` }, verdict: { to: 'drop' } },
  ],
})

/** Bits of `ct state` in the kernel (NF_CT_STATE_BIT). */
export const states = {
  invalid: 1n,
  established: 2n,
  related: 4n,
  new: 8n,
  untracked: 64n,
} as const
export const protocols: Readonly<Record<string, bigint>> = {
  ip: 0n,
  icmp: 1n,
  igmp: 2n,
  ipencap: 4n,
  tcp: 6n,
  udp: 17n,
  dccp: 33n,
  ipv6: 41n,
  gre: 47n,
  esp: 50n,
  ah: 51n,
  icmpv6: 58n,
  'ipv6-icmp': 58n,
  ospf: 89n,
  ospfigp: 89n,
  pim: 103n,
  comp: 108n,
  vrrp: 112n,
  sctp: 132n,
  mh: 135n,
  udplite: 136n,
}
