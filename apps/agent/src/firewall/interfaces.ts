import { networkInterfaces } from 'node:os'
import type { Family, Interface } from '@hevd/reach'
import type { HostAccess } from '../host/access.ts'

/** An interface by which packets come from outside, with the families that it takes. */
export type Entrance = Interface & { readonly families: readonly Family[] }

/**
 * The interfaces that are up and have an address, but for loopback and the ports of bridges: what comes by such a port
 * comes by its bridge.
 */
export async function entrances(access: HostAccess): Promise<readonly Entrance[]> {
  const found = Object.entries(networkInterfaces())
    .map(([name, addresses = []]) => ({ name, addresses: addresses.filter(({ internal }) => !internal) }))
    .filter(({ addresses }) => addresses.length > 0)
  const all = await Promise.all(
    found.map(async ({ name, addresses }): Promise<Entrance | null> => {
      if (await isThere(access, `/sys/class/net/${name}/brport`)) return null
      const [index, loopback, noIpv6] = await Promise.all([
        number(access, `/sys/class/net/${name}/ifindex`),
        number(access, `/proc/sys/net/ipv4/conf/${name}/route_localnet`),
        number(access, `/proc/sys/net/ipv6/conf/${name}/disable_ipv6`),
      ])
      return {
        name,
        index,
        addresses: addresses.map(({ address, cidr }) => ({ address, prefix: prefixOf(address, cidr) })),
        isBridge: await isThere(access, `/sys/class/net/${name}/bridge`),
        routesLoopback: loopback === null ? null : loopback !== 0,
        families: noIpv6 === 0 ? ['ipv4', 'ipv6'] : ['ipv4'],
      }
    }),
  )
  return all.filter((one) => one !== null)
}

async function isThere({ files }: HostAccess, path: string): Promise<boolean> {
  return (await files.status(path)).kind !== 'absent'
}

async function number({ files }: HostAccess, path: string): Promise<number | null> {
  const text = await files.text(path)
  return text.kind === 'seen' && /^\d+\s*$/.test(text.value) ? Number(text.value) : null
}

/** Length of the prefix; an address whose network is not known is alone on its link. */
function prefixOf(address: string, cidr: string | null): number {
  const length = Number(cidr?.split('/')[1])
  return Number.isInteger(length) ? length : address.includes(':') ? 128 : 32
}
