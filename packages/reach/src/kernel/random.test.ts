import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { admissions, type Packet } from '../index.ts'
import { destinations, type Lab, openLab, sources } from './lab.fixture.ts'
import {
  goThrough,
  inNft,
  type RandomFilter,
  type RandomRule,
  type RandomTest,
  somePorts,
} from './random.fixture.ts'

const port = fc.constantFrom(...somePorts)
const negated = fc.boolean()
const aTest: fc.Arbitrary<RandomTest> = fc.oneof(
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

/** One of a kind, and only one that names the protocol, since nft refuses rules that contradict themselves. */
const tests = fc
  .uniqueArray(aTest, { maxLength: 3, selector: ({ of }) => of })
  .map((list) =>
    list.some(({ of }) => of === 'protocol')
      ? list.map((one): RandomTest => (one.of === 'port' ? { ...one, protocol: 'th' } : one))
      : list,
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
    to: fc.integer({ min: at + 1, max: Math.max(chains - 1, at + 1) }),
  })
  const then = below > 0 ? fc.oneof(ends, marks, leads, leads) : fc.oneof(ends, ends, marks)
  return fc.record({ when: tests, then })
}

const randomFilter: fc.Arbitrary<RandomFilter> = fc.array(
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

const packets: readonly Packet[] = (['eth0', 'eth1'] as const).flatMap((name) =>
  sources[name].ipv4.flatMap((source) =>
    (['tcp', 'udp'] as const).flatMap((protocol) =>
      somePorts.map((port) => ({
        interface: name,
        protocol,
        source,
        sourcePort: 50_000,
        destination: destinations[name].ipv4,
        port,
      })),
    ),
  ),
)

let lab: Lab
beforeAll(async () => {
  lab = await openLab(somePorts)
})
afterAll(() => lab.close())

/** Loads the rules, and gives what nft prints of them. */
function loaded(rules: string): unknown {
  return JSON.parse(lab.inside(`nft flush ruleset\nnft -f - <<'RULES'\n${rules}\nRULES\nnft -j list ruleset`))
}

test('random rule sets do to every packet what going through them rule by rule does, and the kernel too', async () => {
  for (const [round, filter] of fc.sample(randomFilter, { seed: 20_261_125, numRuns: 24 }).entries()) {
    const rules = inNft(filter)
    const said = admissions({ nft: loaded(rules), saves: [] }, lab.host, 'ipv4', packets)
    const expected = packets.map((packet) => (goThrough(filter, packet) ? 'let-in' : 'stopped'))
    expect(said, rules).toEqual(expected)
    if (round % 8 !== 0) continue
    const answered = await lab.probe(packets, 1_000)
    expect(
      answered.map((open) => (open ? 'let-in' : 'stopped')),
      rules,
    ).toEqual(expected)
  }
}, 300_000)

test('rule sets that the kernel would refuse are refused by name', () => {
  const base = { family: 'ip', table: 't', handle: 1 }
  const chain = (name: string, more: object = {}) => ({ chain: { ...base, name, ...more } })
  const leads = (from: string, target: string) => ({
    rule: { ...base, chain: from, expr: [{ jump: { target } }] },
  })
  const hooked = { type: 'filter', hook: 'input', prio: 0, policy: 'drop' }
  const listing = (...objects: readonly object[]) => ({
    nft: { nftables: [{ table: { family: 'ip', name: 't' } }, ...objects] },
    saves: [],
  })
  const work = (rules: { nft: unknown; saves: readonly string[] }) =>
    admissions(rules, lab.host, 'ipv4', packets)
  expect(() =>
    work(
      listing(chain('a', hooked), chain('b'), chain('c'), leads('a', 'b'), leads('b', 'c'), leads('c', 'b')),
    ),
  ).toThrow('ip t a → ip t b → ip t c → ip t b')
  expect(() => work(listing(chain('a', hooked), leads('a', 'nowhere')))).toThrow('ip t nowhere')
  expect(() => work({ nft: { other: [] }, saves: [] })).toThrow('not what nft')
  expect(() => work({ nft: null, saves: ['*filter\nnonsense\n'] })).toThrow('iptables-save: nonsense')
  expect(
    work(listing(chain('a', hooked), { rule: { ...base, chain: 'a', expr: [{ 'from the future': 1 }] } })),
  ).toEqual(packets.map(() => 'depends'))
})
