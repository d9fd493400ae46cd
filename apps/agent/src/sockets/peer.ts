import { networkInterfaces } from 'node:os'
import type { Peer } from './conversation.ts'
import type { Listening } from './table.ts'

/**
 * Where this host itself reaches a listening socket: at the very address it is bound to. One that is bound to every
 * address is met at the first own address where no other socket has the port for itself. Null when there is none.
 */
export function peerOf(socket: Listening, all: readonly Listening[], own = ownAddresses()): Peer | null {
  const { address, port } = socket
  const isV6 = address.includes(':')
  if (address !== '0.0.0.0' && address !== '::') {
    const scoped = own.find((one) => one.split('%')[0] === address)
    return { address: scoped ?? address, port }
  }
  const taken = new Set(
    all.flatMap((other) => (other.transport === 'tcp' && other.port === port ? [other.address] : [])),
  )
  const found = (
    isV6 ? ['::1', ...own.filter(isSix), '127.0.0.1'] : ['127.0.0.1', ...own.filter((one) => !isSix(one))]
  ).find((one) => !taken.has(one.split('%')[0] ?? one))
  return found === undefined ? null : { address: found, port }
}

function isSix(address: string): boolean {
  return address.includes(':')
}

/** Addresses of the host's interfaces; link-local ones with their interface. */
function ownAddresses(): readonly string[] {
  return Object.entries(networkInterfaces()).flatMap(([name, list]) =>
    (list ?? []).map(({ address }) => (/^fe[89ab][0-9a-f]:/i.test(address) ? `${address}%${name}` : address)),
  )
}
