import { BlockList, isIP } from 'node:net'
import type { hbaRules, ValueOf } from '@hevd/facts'
import type { z } from 'zod'
import type { rulesAnswer } from './answers.ts'

type Row = z.infer<typeof rulesAnswer>[number]

/**
 * Rules in the order in which they count. `line` is the line of pg_hba.conf; where other files are included, so that
 * lines are no order, the position among all rules.
 */
export function rulesOf(server: string, rows: readonly Row[]): ValueOf<typeof hbaRules>[] {
  const included = new Set(rows.map(({ file_name }) => file_name ?? '')).size > 1
  return rows.map((row, at) => ({
    server,
    line: included ? at + 1 : row.line_number,
    kind: row.type ?? 'host',
    databases: row.database ?? [],
    users: row.user_name ?? [],
    address: row.type === 'local' ? null : networkOf(row),
    loopback: row.type !== 'local' && isLoopback(row),
    method: row.auth_method ?? '',
    error: row.error,
  }))
}

function networkOf({ address, netmask }: Row): string | null {
  if (address === null || netmask === null || isIP(address) === 0) return address
  return `${address}/${prefixLength(netmask)}`
}

/** Bits of a mask, in the notation of either family. */
function prefixLength(netmask: string): number {
  if (!netmask.includes(':')) return netmask.split('.').reduce((bits, part) => bits + ones(Number(part)), 0)
  return new URL(`http://[${netmask}]/`).hostname
    .slice(1, -1)
    .split(':')
    .reduce((bits, group) => bits + ones(Number.parseInt(group || '0', 16)), 0)
}

function ones(number: number): number {
  return number.toString(2).replace(/0/g, '').length
}

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

/** Whether only this host itself can come from the network that a rule is for. */
function isLoopback({ address, netmask }: Row): boolean {
  if (address === 'localhost' || address === 'samehost') return true
  if (address === null || netmask === null || isIP(address) === 0) return false
  const isSix = isIP(address) === 6
  const narrow = prefixLength(netmask) >= (isSix ? 128 : 8)
  return narrow && loopback.check(address, isSix ? 'ipv6' : 'ipv4')
}
