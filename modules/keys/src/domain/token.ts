import { hash, randomBytes } from 'node:crypto'
import { BlockList, isIP } from 'node:net'

/** 256 random bits; the beginning tells scanners of secrets what it is. */
export function newToken(): string {
  return `hevdk_${randomBytes(32).toString('base64url')}`
}

/** Longest token that is looked at. */
export const longestToken = 200

/** What the database keeps of a token. */
export function tokenHash(token: string): Buffer {
  return hash('sha256', token, 'buffer')
}

/** Whether an address is one of those, such as `10.0.0.0/8`; any is where there are none. */
export function addressesOf(sources: readonly string[]): (address: string) => boolean {
  if (sources.length === 0) return () => true
  const list = new BlockList()
  for (const source of sources) {
    const [address = '', bits] = source.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (bits === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(bits), family)
  }
  return (asked) => {
    const address = asked.replace(/^::ffff:(?=\d+\.)/i, '')
    return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
  }
}
