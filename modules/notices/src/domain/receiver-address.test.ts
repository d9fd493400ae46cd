import { expect, test } from 'vitest'
import { addressFault, isInternal } from './receiver-address.ts'

test.each([
  ['https://hooks.example.org/a?b=c', true, true],
  ['http://hooks.example.org/', false, false],
  ['https://user:pass@hooks.example.org/', false, false],
  ['https://hooks.example.org/#x', false, false],
  ['ftp://hooks.example.org/', false, false],
  ['not an address', false, false],
  ['http://127.0.0.1:8080/', false, true],
  ['http://localhost:8080/', false, true],
  ['http://[::1]:8080/', false, true],
  ['https://127.0.0.1/', false, true],
  ['https://0x7f000001/', false, true],
  ['https://2130706433/', false, true],
  ['https://10.1.2.3/', false, true],
  ['https://[fd00::1]/', false, true],
  ['https://[::ffff:10.0.0.1]/', false, true],
  ['http://10.1.2.3/', false, false],
  ['https://169.254.169.254/latest/meta-data', false, true],
])('%s: outside only %s, with internal ones allowed %s', (address, outside, inside) => {
  expect(addressFault(address, false) === null).toBe(outside)
  expect(addressFault(address, true) === null).toBe(inside)
})

test.each([
  ['127.0.0.1', true],
  ['0.0.0.0', true],
  ['100.64.0.1', true],
  ['100.128.0.1', false],
  ['172.15.255.255', false],
  ['172.31.0.1', true],
  ['255.255.255.255', true],
  ['1.1.1.1', false],
  ['::', true],
  ['::1', true],
  ['::ffff:192.168.1.1', true],
  ['::ffff:1.1.1.1', false],
  ['64:ff9b::7f00:1', true],
  ['2002:7f00:1::', true],
  ['fe80::1', true],
  ['2606:4700:4700::1111', false],
  ['example.org', true],
])('%s is internal: %s', (address, expected) => expect(isInternal(address)).toBe(expected))
