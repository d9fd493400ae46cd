import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { admissions, inbound, type Packet } from '../index.ts'
import { iptablesCases } from './iptables-cases.fixture.ts'
import { destinations, type Lab, openLab, sources } from './lab.fixture.ts'
import { nftCases } from './nft-cases.fixture.ts'
import { rewritingCases } from './rewriting-cases.fixture.ts'

/** Ports that are probed; rules of the cases begin and end at them. */
const ports = [22, 23, 53, 80, 81, 90, 91, 443, 1023, 1024, 8000, 8080, 8081, 9000, 9010, 9011, 65535]
const names = ['eth0', 'eth1'] as const
const families = ['ipv4', 'ipv6'] as const
const packets: readonly (Packet & { readonly family: 'ipv4' | 'ipv6' })[] = names.flatMap((name) =>
  families.flatMap((family) =>
    sources[name][family].flatMap((source) =>
      (['tcp', 'udp'] as const).flatMap((protocol) =>
        ports.map((port) => ({
          family,
          interface: name,
          protocol,
          source,
          sourcePort: 50_000,
          destination: destinations[name][family],
          port,
        })),
      ),
    ),
  ),
)

let lab: Lab
beforeAll(async () => {
  lab = await openLab(ports)
})
beforeEach(() => lab.clear())
afterAll(() => lab.close())

/** What was worked out for every packet, `depends` taken as what the kernel did. */
async function compare() {
  const rules = lab.rules()
  const said = families.flatMap((family) =>
    admissions(
      rules,
      lab.host,
      family,
      packets.filter((packet) => packet.family === family),
    ),
  )
  const sent = families.flatMap((family) => packets.filter((packet) => packet.family === family))
  const first = await lab.probe(sent, 150)
  const doubtful = sent.filter((_, at) => first[at] === false && said[at] === 'let-in')
  const second = await lab.probe(doubtful, 2_000)
  const kernel = sent.map((packet, at) => first[at] === true || second[doubtful.indexOf(packet)] === true)
  const named = ({ interface: name, protocol, source, port }: Packet) =>
    `${name} ${protocol} ${source} ${port}`
  return {
    rules,
    kernel: sent.filter((_, at) => kernel[at]).map(named),
    workedOut: sent
      .filter((_, at) => said[at] === 'let-in' || (said[at] === 'depends' && kernel[at] === true))
      .map(named),
  }
}

describe('what is worked out is what the kernel does with real packets', () => {
  test.each([...nftCases, ...rewritingCases, ...iptablesCases])('$name', async ({ rules, expected }) => {
    lab.inside(rules)
    const compared = await compare()
    expect(compared.workedOut).toEqual(compared.kernel)
    const results = inbound(compared.rules, lab.host)
    for (const [place, want] of Object.entries(expected))
      expect(results.find((one) => `${one.interface} ${one.family}` === place)).toMatchObject(want)
  })
})

test('a packet that is let in is named for every open range', () => {
  lab.inside(`nft -f - <<'RULES'
table inet filter {
  chain input {
    type filter hook input priority 0; policy drop;
    iifname "eth0" ip saddr 10.9.0.9 tcp dport { 22, 8000-8080 } accept
    meta nfproto ipv6 iifname "eth1" udp dport 53 accept
  }
}
RULES`)
  const rules = lab.rules()
  const witnesses = inbound(rules, lab.host).flatMap((one) =>
    one.witnesses().map((witness) => ({ ...witness, interface: one.interface, family: one.family })),
  )
  expect(
    witnesses.map(({ interface: name, family, protocol, port }) => `${name} ${family} ${protocol} ${port}`),
  ).toEqual(['eth0 ipv4 tcp 22', 'eth0 ipv4 tcp 8000', 'eth1 ipv6 udp 53'])
  for (const family of families)
    expect(
      new Set(
        admissions(
          rules,
          lab.host,
          family,
          witnesses.filter((one) => one.family === family),
        ),
      ),
    ).toEqual(new Set(['let-in']))
})
