import type { Family, Range } from './model.ts'

export const widthOf = (family: Family): number => (family === 'ipv4' ? 32 : 128)

/** An address as a number; null when the text is none of the family. */
export function parseAddress(text: string, family: Family): bigint | null {
  return family === 'ipv4' ? parseV4(text) : parseV6(text)
}

function parseV4(text: string): bigint | null {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)
  if (match === null) return null
  const bytes = match.slice(1).map(Number)
  return bytes.some((byte) => byte > 255) ? null : bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n)
}

function parseV6(text: string): bigint | null {
  const plain = text.replace(/%.*$/, '')
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(plain)
  const tail = dotted?.[2] === undefined ? null : parseV4(dotted[2])
  if (dotted !== null && tail === null) return null
  const groups =
    tail === null ? plain : `${dotted?.[1]}${(tail >> 16n).toString(16)}:${(tail & 0xffffn).toString(16)}`
  const halves = groups.split('::')
  if (halves.length > 2) return null
  const [front, end] = halves.map((half) => (half === '' ? [] : half.split(':')))
  const given = [...(front ?? []), ...(end ?? [])]
  if (given.some((group) => !/^[0-9a-fA-F]{1,4}$/.test(group))) return null
  if (end === undefined ? given.length !== 8 : given.length > 7) return null
  const whole = [...(front ?? []), ...Array<string>(8 - given.length).fill('0'), ...(end ?? [])]
  return whole.reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n)
}

export function formatAddress(address: bigint, family: Family): string {
  const part = (width: bigint, index: number) => (address >> (BigInt(index) * width)) & ((1n << width) - 1n)
  if (family === 'ipv4') return [3, 2, 1, 0].map((index) => part(8n, index)).join('.')
  const groups = [7, 6, 5, 4, 3, 2, 1, 0].map((index) => part(16n, index).toString(16)).join(':')
  const zeros = groups.match(/(?:^|:)0(?::0)+(?=:|$)/g)?.sort((a, b) => b.length - a.length)[0]
  if (zeros === undefined) return groups
  const at = groups.indexOf(zeros)
  return `${groups.slice(0, at)}::${groups.slice(at + zeros.length).replace(/^:/, '')}`
}

/** All values that begin with the first `length` bits of `value`. */
export function prefixRange(value: bigint, length: number, width: number): Range {
  const rest = (1n << BigInt(width - length)) - 1n
  return [value & ~rest, value | rest]
}

/** Sorted, joined where they touch. */
export function joined(ranges: readonly Range[]): Range[] {
  const sorted = [...ranges].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  const out: Range[] = []
  for (const [first, last] of sorted) {
    const before = out.at(-1)
    if (before !== undefined && first <= before[1] + 1n)
      out[out.length - 1] = [before[0], last > before[1] ? last : before[1]]
    else out.push([first, last])
  }
  return out
}

/** The values of `width` bits that are in none of the ranges. */
export function outsideOf(ranges: readonly Range[], width: number): Range[] {
  const out: Range[] = []
  let next = 0n
  for (const [first, last] of joined(ranges)) {
    if (first > next) out.push([next, first - 1n])
    next = last + 1n
  }
  const end = (1n << BigInt(width)) - 1n
  if (next <= end) out.push([next, end])
  return out
}
