import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { admissions, type Packet } from '../index.ts'
import { destinations, type Lab, openLab, sources } from './lab.fixture.ts'
import { goThrough, inNft, randomFilter, somePorts } from './random.fixture.ts'

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
  let round = 0
  await fc.assert(
    fc.asyncProperty(randomFilter, async (filter) => {
      const nft = loaded(inNft(filter))
      const said = admissions({ nft, saves: [] }, lab.host, 'ipv4', packets)
      const expected = packets.map((packet) => (goThrough(filter, packet) ? 'let-in' : 'stopped'))
      expect(said).toEqual(expected)
      round += 1
      if (round % 10 !== 0) return
      const answered = await lab.probe(packets, 500)
      expect(answered.map((open) => (open ? 'let-in' : 'stopped'))).toEqual(expected)
    }),
    { seed: 20_261_125, numRuns: 60 },
  )
})

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
