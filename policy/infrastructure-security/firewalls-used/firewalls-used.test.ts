import { hosts, inboundPolicies, type ValueOf } from '@hevd/facts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { made } from '../../made.ts'
import { judgedIn, said } from '../../world.ts'
import { declaredServicesOnly } from './declared-services-only.ts'
import { defaultDeny } from './default-deny.ts'
import { beyond, declaredPorts, type Ports } from './ports.ts'

type Policy = ValueOf<typeof inboundPolicies>
const world = (over: Partial<Policy>) => ({
  facts: [
    made.host(),
    said(inboundPolicies, {
      host: 'h1',
      interface: 'eth0',
      family: 'ipv4',
      tcp: [[22, 22]],
      udp: [],
      mayTcp: [],
      mayUdp: [],
      unmodelled: [],
      defaultAccept: false,
      ...over,
    }),
  ],
  seen: [hosts, inboundPolicies],
})

test('what no rule speaks of is stopped', () => {
  expect(judgedIn(world({}), defaultDeny)).toMatchObject({ h1: { verdict: 'holds' } })
  expect(judgedIn(world({ defaultAccept: true, tcp: [[0, 65535]] }), defaultDeny)).toMatchObject({
    h1: { verdict: 'fails', why: { params: { interfaces: ['eth0 (ipv4)'] } } },
  })
  expect(judgedIn(world({ defaultAccept: null, unmodelled: ['limit'] }), defaultDeny)).toMatchObject({
    h1: { verdict: 'unknown', why: { code: 'rules-not-modelled', params: { matches: ['limit'] } } },
  })
})

describe('only declared services are let in', () => {
  test.each<[string, Partial<Policy>, string]>([
    ['the declared one', {}, 'holds'],
    [
      'another port too, the known-bad twin',
      {
        tcp: [
          [22, 22],
          [8080, 8081],
        ],
      },
      'fails',
    ],
    ['the same number over UDP', { udp: [[22, 22]] }, 'fails'],
    [
      'perhaps another, by a match that is not modelled',
      { mayTcp: [[9000, 9000]], unmodelled: ['xt_recent'] },
      'unknown',
    ],
    ['perhaps the declared one', { tcp: [], mayTcp: [[22, 22]], unmodelled: ['limit'] }, 'holds'],
  ])('%s', (_name, over, verdict) => {
    expect(judgedIn(world(over), declaredServicesOnly, { declaredServices: ['22/tcp'] })).toMatchObject({
      h1: { verdict },
    })
  })

  test('names the ports as people write them', () => {
    expect(
      judgedIn(
        world({
          tcp: [
            [80, 80],
            [8080, 8090],
          ],
        }),
        declaredServicesOnly,
        { declaredServices: [] },
      ),
    ).toMatchObject({
      h1: { why: { params: { ports: ['80/tcp', '8080–8090/tcp'] } } },
    })
  })
})

test('a service that is none is refused by name', () => {
  for (const wrong of ['443', '99999/tcp', '20-10/udp', '443/sctp', ''])
    expect(() => declaredPorts([wrong])).toThrow(/is not a service/)
})

test('ranges beyond those allowed are what a port by port comparison gives', () => {
  const port = fc.integer({ min: 0, max: 40 })
  const ranges = fc.array(
    fc.tuple(port, port).map(([a, b]): [number, number] => (a <= b ? [a, b] : [b, a])),
    { maxLength: 5 },
  )
  const inside = (ports: Ports, at: number) => ports.some(([first, last]) => first <= at && at <= last)
  fc.assert(
    fc.property(ranges, ranges, port, (open, allowed, at) => {
      expect(inside(beyond(open, allowed), at)).toBe(inside(open, at) && !inside(allowed, at))
    }),
  )
})
