import { connect as connectTls } from 'node:tls'
import { converse, type Peer } from './conversation.ts'
import type { Speaks } from './heard.ts'

/** Asks a server that waits for its client whether it speaks one protocol; null when it does not. */
export type Question = (peer: Peer) => Promise<Speaks | null>

const patience = 1500

/** The first bytes of the answer; empty for none. */
async function answerTo(
  peer: Peer,
  bytes: Uint8Array | string,
  enough?: (heard: Buffer) => boolean,
): Promise<Buffer> {
  const answer = await converse(peer, async (talk) => {
    talk.say(bytes)
    return talk.hear(patience, enough)
  })
  return answer ?? Buffer.alloc(0)
}

/** SSLRequest of PostgreSQL's protocol: one byte, `S` or `N`. */
export const postgresql: Question = async (peer) => {
  const answer = await answerTo(peer, Buffer.from('0000000804d2162f', 'hex'))
  if (answer.length !== 1) return null
  if (answer[0] === 0x53) return 'postgresql-tls'
  return answer[0] === 0x4e ? 'postgresql' : null
}

/** The inline form of PING; a server that wants a password says so by an error of its own. */
export const redis: Question = async (peer) => {
  const answer = (await answerTo(peer, 'PING\r\n')).toString('latin1')
  return /^(\+PONG|-NOAUTH|-DENIED|-NOPERM|-MASTERDOWN|-LOADING)\b/.test(answer) ? 'redis' : null
}

/** The text protocol's `version`. */
export const memcached: Question = async (peer) =>
  (await answerTo(peer, 'version\r\n')).toString('latin1').startsWith('VERSION ') ? 'memcached' : null

/** The protocol header of AMQP 0-9-1 (4.2.2): Connection.Start on channel 0, or the header that the server would have. */
export const amqp: Question = async (peer) => {
  const answer = await answerTo(peer, Buffer.from('AMQP\x00\x00\x09\x01', 'latin1'))
  const starts =
    answer.length >= 11 && answer.readUIntBE(0, 3) === 0x01_00_00 && answer.readUInt32BE(7) === 0x00_0a_00_0a
  return starts || answer.subarray(0, 4).toString('latin1') === 'AMQP' ? 'amqp' : null
}

/** CONNECT of a version that there is not (MQTT 3.1.1, 3.1.2.2): it is refused, and nobody is let in. */
export const mqtt: Question = async (peer) => {
  const answer = await answerTo(peer, Buffer.from('100c00044d5154547f02000a0000', 'hex'))
  return answer.length >= 4 && answer[0] === 0x20 && answer[3] !== 0 ? 'mqtt' : null
}

/** A handshake, with anything a server may still want; an alert of its own is TLS too. */
export const tls: Question = (peer) =>
  new Promise((done) => {
    const socket = connectTls({
      host: peer.address,
      port: peer.port,
      rejectUnauthorized: false,
      minVersion: 'TLSv1',
      ciphers: 'ALL:@SECLEVEL=0',
    })
    const settle = (speaks: Speaks | null) => {
      clearTimeout(timer)
      socket.destroy()
      done(speaks)
    }
    const timer = setTimeout(() => settle(null), 2 * patience)
    socket.once('secureConnect', () => settle('tls'))
    socket.on('close', () => settle(null))
    socket.on('error', (error) => {
      const code = 'code' in error ? String(error.code) : ''
      settle(/^ERR_SSL_((TLSV1|SSLV3|TLSV13)_|UNSUPPORTED_PROTOCOL$)/.test(code) ? 'tls' : null)
    })
  })

/** X.224 connection request that asks for TLS or CredSSP (MS-RDPBCGR 2.2.1.1). */
export const rdp: Question = async (peer) => {
  const answer = await answerTo(peer, Buffer.from('030000130ee000000000000100080003000000', 'hex'))
  if (answer.length < 19 || answer[0] !== 3 || answer[5] !== 0xd0) return null
  return answer[11] === 2 && (answer.readUInt32LE(15) & 3) !== 0 ? 'rdp-tls' : 'unidentified'
}

/** Plain HTTP. It only sends on to HTTPS when two different pages, one of which nobody made, both do. */
export const http: Question = async (peer) => {
  const [first, second] = [await get(peer, '/'), await get(peer, '/hevd-looks-here')]
  if (first === null) return null
  return first === 'sends-on' && second === 'sends-on' ? 'http-redirect' : 'http'
}

async function get(peer: Peer, path: string): Promise<'sends-on' | 'answers' | null> {
  const host = peer.address.includes(':') ? `[${peer.address}]` : peer.address
  const request = `GET ${path} HTTP/1.1\r\nHost: ${host}:${peer.port}\r\nUser-Agent: hevd\r\nAccept: */*\r\nConnection: close\r\n\r\n`
  const whole = (heard: Buffer) => heard.includes('\r\n\r\n')
  const answer = (await answerTo(peer, request, whole)).toString('latin1')
  const status = /^HTTP\/\d(?:\.\d)? (\d{3})/.exec(answer)?.[1]
  if (status === undefined) return null
  const head = answer.slice(0, answer.indexOf('\r\n\r\n') + 2 || undefined)
  return /^30[12378]$/.test(status) && /^location:[ \t]*https:\/\//im.test(head) ? 'sends-on' : 'answers'
}

/** DNS over TCP (RFC 7766): who serves the root, without recursion. */
export const dns: Question = async (peer) => {
  const query = Buffer.from('0011485600000001000000000000' + '0000020001', 'hex')
  const answer = await answerTo(peer, query)
  return answer.length >= 14 && answer.readUInt16BE(2) === 0x4856 && ((answer[4] ?? 0) & 0x80) !== 0
    ? 'dns'
    : null
}

/**
 * rlogind and rshd (RFC 1282) refuse, by an error that begins with a byte 1, whoever does not come from a port below
 * 1024. Only asked where they live, since a single byte tells little.
 */
export const rsh: Question = async (peer) => {
  const answer = await answerTo(peer, '\0')
  const refuses = answer[0] === 1 && /rlogind|rshd|rexecd|permission denied/i.test(answer.toString('latin1'))
  return refuses || (answer.length === 1 && answer[0] === 0) ? 'rsh' : null
}
