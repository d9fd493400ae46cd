import { expect, test } from 'vitest'
import { peerOf } from './peer.ts'
import { type Listening, parseTable, reachOf } from './table.ts'

const header =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n'
const row = (local: string, state: string, inode = 77) =>
  `   0: ${local} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000  1000        0 ${inode} 1 0\n`

test.each([
  ['0100007F:0016', '127.0.0.1', 22],
  ['00000000:1F90', '0.0.0.0', 8080],
  ['0708090A:0016', '10.9.8.7', 22],
  ['00000000000000000000000000000000:01BB', '::', 443],
  ['00000000000000000000000001000000:01BB', '::1', 443],
  ['000080FE00000000FF005450D8E6FF29:0016', 'fe80::5054:ff:29ff:e6d8', 22],
  ['0000000000000000FFFF00000100007F:0050', '127.0.0.1', 80],
])('%s is %s port %i', (local, address, port) => {
  expect(parseTable('tcp', header + row(local, '0A'))).toEqual([
    { transport: 'tcp', address, port, uid: 1000, inode: '77' },
  ])
})

test('what is connected, closed or in another form does not listen', () => {
  expect(parseTable('tcp', header + row('0100007F:0016', '01') + row('0100007F:0016', '06'))).toEqual([])
  expect(parseTable('udp', header + row('0100007F:0035', '01'))).toEqual([])
  expect(parseTable('udp', header + row('0100007F:0035', '07'))).toHaveLength(1)
  expect(parseTable('tcp', 'nonsense\n\n 0: x y 0A')).toEqual([])
})

test.each([
  ['127.0.0.53', 'loopback'],
  ['::1', 'loopback'],
  ['0.0.0.0', 'network'],
  ['::', 'network'],
  ['10.0.0.1', 'network'],
  ['169.254.1.1', 'link'],
  ['fe80::1', 'link'],
  ['224.0.0.251', 'link'],
  ['ff02::fb', 'link'],
  ['fd00::1', 'network'],
  ['2001:db8::7f00:1', 'network'],
])('%s is reached from %s', (address, reach) => {
  expect(reachOf(address)).toBe(reach)
})

test('a socket is met at its own address; one on every address where no other has the port for itself', () => {
  const at = (address: string): Listening => ({ transport: 'tcp', address, port: 80, uid: 0, inode: '1' })
  const own = ['127.0.0.1', '10.0.0.5', '::1', 'fe80::1%eth0']
  const met = (address: string, ...others: string[]) =>
    peerOf(at(address), [at(address), ...others.map(at)], own)?.address ?? null
  expect(met('10.0.0.5')).toBe('10.0.0.5')
  expect(met('fe80::1')).toBe('fe80::1%eth0')
  expect(met('0.0.0.0')).toBe('127.0.0.1')
  expect(met('0.0.0.0', '127.0.0.1')).toBe('10.0.0.5')
  expect(met('0.0.0.0', '127.0.0.1', '10.0.0.5')).toBeNull()
  expect(met('::')).toBe('::1')
  expect(met('::', '::1')).toBe('fe80::1%eth0')
})
