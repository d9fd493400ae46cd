import { BlockList, isIP } from 'node:net'
import type { Bilingual } from '@hevd/core'

/** Addresses that are not of the public internet (RFC 6890 and its registries): no receiver unless it is allowed. */
const internal = new BlockList()
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  internal.addSubnet(network, prefix, 'ipv4')
for (const [network, prefix] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 9],
  ['ff00::', 8],
] as const)
  internal.addSubnet(network, prefix, 'ipv6')

/** Whether an IP address lies on this host or in a network that is not the public internet; mapped ones as what they map. */
export function isInternal(address: string): boolean {
  const family = isIP(address)
  return family === 0 || internal.check(address, family === 6 ? 'ipv6' : 'ipv4')
}

/** Whether a host name or address of a URL is this host's own. */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
}

/**
 * What is wrong with the address of a receiver; null where nothing is. Where its name leads is looked at when it is
 * called, since that may change.
 *
 * @param internalAllowed whether receivers on this host and in private networks are allowed
 */
export function addressFault(text: string, internalAllowed: boolean): Bilingual | null {
  if (!URL.canParse(text)) return wants
  const { protocol, hostname, username, password, hash } = new URL(text)
  if (username !== '' || password !== '' || hash !== '') return wants
  const address = hostname.replace(/^\[|\]$/g, '')
  const inside = isLoopback(hostname) || (isIP(address) !== 0 && isInternal(address))
  if (inside && !internalAllowed) return notInside
  if (protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))) return null
  return wants
}

const wants: Bilingual = {
  nb: 'Adressen må begynne med https:// og være uten brukernavn, passord og #. På denne maskinen selv kan den begynne med http://.',
  en: 'The address must begin with https:// and have no user name, password or #. On this machine itself it may begin with http://.',
}
export const notInside: Bilingual = {
  nb: 'Adressen ligger på denne maskinen eller i et internt nett. Sett HEVD_WEBHOOK_INTERNAL=allow om mottakere der er tillatt.',
  en: 'The address is on this machine or in an internal network. Set HEVD_WEBHOOK_INTERNAL=allow if receivers there are allowed.',
}
