import type { postgresServers, ValueOf } from '@hevd/facts'

/** Addresses of a server that other machines may reach. */
export function networkAddresses({ listenAddresses }: ValueOf<typeof postgresServers>): readonly string[] {
  return listenAddresses.filter(
    (address) => address !== 'localhost' && address !== '::1' && !/^127(\.\d+){3}$/.test(address),
  )
}
