import { BlockList, isIP } from 'node:net'
import type { Member } from './cvtsudoers.ts'

/** The names and addresses by which sudoers may mean this host. */
export type OwnHost = { readonly name: string; readonly addresses: readonly string[] }

/** Whether a host list means this host: the last member that matches decides. `unsure` where only a directory knows. */
export function meansThisHost(hosts: readonly Member[], own: OwnHost): 'yes' | 'no' | 'unsure' {
  for (const member of hosts.toReversed()) {
    const matches = matchesHost(member, own)
    if (matches === 'unsure') return 'unsure'
    if (matches) return member.negated ? 'no' : 'yes'
  }
  return 'no'
}

function matchesHost({ kind, text }: Member, { name, addresses }: OwnHost): boolean | 'unsure' {
  if (text === 'ALL') return true
  if (kind === 'networkaddr') return addresses.some((address) => within(address, text))
  if (kind !== 'hostname') return 'unsure'
  const short = name.split('.')[0] ?? name
  if (!text.includes('.')) return matchesPattern(short, text)
  if (name.includes('.')) return matchesPattern(name, text)
  return text.toLowerCase().startsWith(`${short.toLowerCase()}.`) || /[*?[]/.test(text) ? 'unsure' : false
}

/** A host name against a shell pattern, without regard to case. */
function matchesPattern(name: string, pattern: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.')
  try {
    return new RegExp(`^${expression.replace(/\[!/g, '[^')}$`, 'i').test(name)
  } catch {
    return false
  }
}

/** Whether an address lies in `network`: an address, or one with a prefix length or a mask behind `/`. */
function within(address: string, network: string): boolean {
  const [base = '', mask] = network.split('/')
  const family = isIP(base) === 6 ? 'ipv6' : 'ipv4'
  if (isIP(base) === 0 || isIP(address) !== isIP(base)) return false
  const list = new BlockList()
  if (mask === undefined) list.addAddress(base, family)
  else {
    const length = mask.includes('.') ? lengthOfMask(mask) : Number(mask)
    if (!Number.isInteger(length) || length < 0 || length > (family === 'ipv6' ? 128 : 32)) return false
    list.addSubnet(base, length, family)
  }
  return list.check(address, family)
}

function lengthOfMask(mask: string): number {
  const bits = mask
    .split('.')
    .map((part) => Number(part).toString(2).padStart(8, '0'))
    .join('')
  return /^1*0*$/.test(bits) && bits.length === 32 ? bits.replace(/0+$/, '').length : Number.NaN
}
