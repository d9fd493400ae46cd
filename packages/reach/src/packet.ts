import { parseAddress } from './address.ts'
import { no, yes } from './diagram/diagrams.ts'
import type { Host } from './host.ts'
import type { Family, Field } from './model.ts'
import type { RuleSets } from './rule-sets.ts'
import { type WorkedOut, workOut } from './worked-out.ts'

/** A new packet from outside: for TCP one that begins a connection. */
export type Packet = {
  readonly interface: string
  readonly protocol: 'tcp' | 'udp'
  readonly source: string
  readonly sourcePort: number
  readonly destination: string
  readonly port: number
}

/** `depends`: on a match that is not modelled. */
export type Admission = 'let-in' | 'stopped' | 'depends'

/** What becomes of single packets of one family. Throws ReachError, and RangeError for a packet that is not of it. */
export function admissions(
  rules: RuleSets,
  host: Host,
  family: Family,
  packets: readonly Packet[],
): readonly Admission[] {
  return workOut(rules, host, family, (workedOut) => packets.map((packet) => admissionOf(workedOut, packet)))
}

function admissionOf({ space, ground, letIn }: WorkedOut, packet: Packet): Admission {
  const values = valuesOf(packet, ground.host, ground.family)
  const bits = new Map<number, boolean>()
  for (const [field, value] of values) {
    const width = space.width(field)
    for (let bit = 0; bit < width; bit += 1)
      bits.set(space.levelOf(field, bit), ((value >> BigInt(width - bit - 1)) & 1n) === 1n)
  }
  const { diagrams } = space
  let left = [letIn]
  for (;;) {
    const next = left.flatMap((node) => {
      if (node === no || node === yes) return [node]
      const level = diagrams.level(node)
      const [low, high] = [diagrams.low(node), diagrams.high(node)]
      if (space.isFree(level)) return space.plain.has(level) ? [low] : [low, high]
      return [bits.get(level) === true ? high : low]
    })
    const distinct = [...new Set(next)]
    if (distinct.every((node) => node === no || node === yes)) {
      if (distinct.length > 1) return 'depends'
      return distinct[0] === yes ? 'let-in' : 'stopped'
    }
    left = distinct
  }
}

function valuesOf(packet: Packet, host: Host, family: Family): ReadonlyMap<Field, bigint> {
  const place = host.interfaces.findIndex(({ name }) => name === packet.interface)
  const source = parseAddress(packet.source, family)
  const destination = parseAddress(packet.destination, family)
  if (place < 0 || source === null || destination === null)
    throw new RangeError(`Not a packet of ${family} on an interface of the host: ${JSON.stringify(packet)}`)
  const protocol = packet.protocol === 'tcp' ? 6n : 17n
  return new Map<Field, bigint>([
    ['iif', BigInt(place)],
    ['proto', protocol],
    ['nexthdr', protocol],
    ['flags', packet.protocol === 'tcp' ? 2n : 0n],
    ['saddr', source],
    ['daddr', destination],
    ['sport', BigInt(packet.sourcePort)],
    ['dport', BigInt(packet.port)],
  ])
}
