/** A socket that accepts what comes: a listening TCP one, or a UDP one that is connected to nobody. */
export type Listening = {
  readonly transport: 'tcp' | 'udp'
  readonly address: string
  readonly port: number
  readonly uid: number
  readonly inode: string
}

/** States of include/net/tcp_states.h: a UDP socket without a peer shows the one of a closed TCP one. */
const accepting = { tcp: '0A', udp: '07' } as const

/** Accepting sockets in a table of proc_net_tcp(5) or proc_net_udp(5), either family. */
export function parseTable(transport: 'tcp' | 'udp', table: string): Listening[] {
  return table.split('\n').flatMap((line) => {
    const [, local = '', , state, , , , uid, , inode] = line.trim().split(/\s+/)
    const found = /^([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4})$/.exec(local)
    if (found?.[1] === undefined || state !== accepting[transport] || inode === undefined) return []
    const port = Number.parseInt(found[2] ?? '', 16)
    return port === 0 ? [] : [{ transport, address: addressOf(found[1]), port, uid: Number(uid), inode }]
  })
}

/** The kernel prints addresses as 32-bit words in its own byte order, which is little-endian where this runs. */
function addressOf(words: string): string {
  const bytes = Buffer.from(words, 'hex')
  bytes.swap32()
  if (bytes.length === 4) return bytes.join('.')
  const mapped = /^0{20}f{4}/.test(bytes.toString('hex'))
  if (mapped) return bytes.subarray(12).join('.')
  const groups = bytes.toString('hex').match(/.{4}/g) ?? []
  return new URL(`http://[${groups.join(':')}]/`).hostname.slice(1, -1)
}

export type Reach = 'loopback' | 'link' | 'network'

/** From where an address can be reached at most, by the kind of address alone. */
export function reachOf(address: string): Reach {
  if (/^127\./.test(address) || address === '::1' || /^ff[0-9a-f]1:/.test(address)) return 'loopback'
  if (/^169\.254\./.test(address) || /^224\.0\.0\./.test(address)) return 'link'
  if (/^fe[89ab][0-9a-f]:/.test(address) || /^ff[0-9a-f]2:/.test(address)) return 'link'
  return 'network'
}
