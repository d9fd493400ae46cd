import { randomBytes } from 'node:crypto'
import { isIP } from 'node:net'

/** Versions as they are numbered on the wire. */
export const wireVersions = { SSLv3: 0x0300, TLSv1: 0x0301, 'TLSv1.1': 0x0302, 'TLSv1.2': 0x0303 } as const
export type WireVersion = keyof typeof wireVersions

const u16 = (value: number) => [value >> 8, value & 0xff]
const block16 = (bytes: readonly number[]) => [...u16(bytes.length), ...bytes]
const extension = (type: number, bytes: readonly number[]) => [...u16(type), ...block16(bytes)]

/** Every group and signature that a server may want, so that only version and cipher decide. */
const groups = [0x0017, 0x0018, 0x0019, 0x001d, 0x001e, 0x0100, 0x0101, 0x0102]
const signatures = [
  0x0403, 0x0503, 0x0603, 0x0804, 0x0805, 0x0806, 0x0401, 0x0501, 0x0601, 0x0203, 0x0201, 0x0402, 0x0202,
  0x0807,
]

/**
 * A ClientHello (RFC 5246 section 7.4.1.2) of one version that offers these cipher suites and nothing else: for
 * suites that no current library would still offer. `name` is sent as SNI unless it is an address.
 */
export function clientHello(version: WireVersion, suites: readonly number[], name: string): Buffer {
  const host = [...Buffer.from(name, 'latin1')]
  const extensions = [
    ...(isIP(name) === 0 ? extension(0x0000, block16([0, ...block16(host)])) : []),
    ...extension(0x000a, block16(groups.flatMap(u16))),
    ...extension(0x000b, [1, 0]),
    ...extension(0x000d, block16(signatures.flatMap(u16))),
    ...extension(0xff01, [0]),
  ]
  const body = [
    ...u16(wireVersions[version]),
    ...randomBytes(32),
    0,
    ...block16(suites.flatMap(u16)),
    1,
    0,
    ...(version === 'SSLv3' ? [] : block16(extensions)),
  ]
  const handshake = [1, 0, ...u16(body.length), ...body]
  return Buffer.from([0x16, 3, version === 'SSLv3' ? 0 : 1, ...block16(handshake)])
}

/** What a server's first record says: the version and the suite that it chose, or that it will not. */
export type HelloAnswer =
  | { readonly kind: 'chose'; readonly version: number; readonly suite: number }
  | { readonly kind: 'refused' }
  | { readonly kind: 'nothing' }

/** Reads ServerHello (RFC 5246 section 7.4.1.3). A server that only closes has refused too. */
export function readAnswer(bytes: Buffer, ended: boolean): HelloAnswer {
  if (bytes.length >= 1 && bytes[0] === 0x15) return { kind: 'refused' }
  if (bytes.length >= 46 && bytes[0] === 0x16 && bytes[5] === 2) {
    const session = bytes[43] ?? 0
    const at = 44 + session
    if (bytes.length >= at + 2)
      return { kind: 'chose', version: bytes.readUInt16BE(9), suite: bytes.readUInt16BE(at) }
  }
  return ended ? { kind: 'refused' } : { kind: 'nothing' }
}
