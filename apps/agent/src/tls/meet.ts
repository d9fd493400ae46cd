import { connect as connectTls, getCACertificates, type PeerCertificate, type TLSSocket } from 'node:tls'
import { type Endpoint, patience, serverName } from './agreement.ts'

/** An end point as an ordinary client meets it. */
export type Met = {
  /** `ok`, or the code by which the chain or the name was not trusted. */
  readonly chain: string
  readonly subject: string
  readonly issuer: string
  readonly notBefore: number
  readonly notAfter: number
  readonly speaksHttp: boolean
  readonly hstsSeconds: number | null
}

/** Completes a handshake with whatever the server has, then asks for its first page. Null when none comes about. */
export function meet(endpoint: Endpoint): Promise<Met | null> {
  return new Promise((done) => {
    const socket = connectTls({
      host: endpoint.host,
      port: endpoint.port,
      ...serverName(endpoint.host),
      ca: trusted(),
      rejectUnauthorized: false,
      minVersion: 'TLSv1',
      ciphers: 'DEFAULT:ALL:@SECLEVEL=0',
      ALPNProtocols: ['http/1.1'],
    })
    let seen: Omit<Met, 'speaksHttp' | 'hstsSeconds'> | null = null
    let answer = ''
    const settle = () => {
      clearTimeout(timer)
      socket.destroy()
      done(seen === null ? null : { ...seen, ...httpOf(answer) })
    }
    const timer = setTimeout(settle, 2 * patience)
    socket.once('secureConnect', () => {
      seen = certificateOf(socket)
      socket.write(requestTo(endpoint))
    })
    socket.on('data', (chunk: Buffer) => {
      answer += chunk.toString('latin1')
      if (answer.includes('\r\n\r\n') || answer.length > 65_536) settle()
    })
    socket.on('error', () => {})
    socket.on('close', settle)
  })
}

/** What browsers trust, and what this host does besides. */
function trusted(): string[] {
  return [
    ...new Set([
      ...getCACertificates('bundled'),
      ...getCACertificates('system'),
      ...getCACertificates('extra'),
    ]),
  ]
}

export function requestTo({ host, port }: Endpoint): string {
  const name = host.includes(':') ? `[${host}]` : host
  const usual = port === 443 || port === 80
  return `GET / HTTP/1.1\r\nHost: ${usual ? name : `${name}:${port}`}\r\nUser-Agent: hevd\r\nAccept: */*\r\nConnection: close\r\n\r\n`
}

function certificateOf(socket: TLSSocket): Omit<Met, 'speaksHttp' | 'hstsSeconds'> {
  const certificate: Partial<PeerCertificate> = socket.getPeerCertificate()
  const { subject, issuer, valid_from: from = '', valid_to: to = '' } = certificate
  return {
    chain: socket.authorized ? 'ok' : codeOf(socket.authorizationError),
    subject: nameOf(subject),
    issuer: nameOf(issuer),
    notBefore: Date.parse(from) || 0,
    notAfter: Date.parse(to) || 0,
  }
}

function codeOf(error: unknown): string {
  if (error instanceof Error) return 'code' in error ? String(error.code) : error.message
  return typeof error === 'string' && error !== '' ? error : 'UNVERIFIED'
}

function nameOf(name: Partial<PeerCertificate['subject']> | undefined): string {
  return [name?.CN ?? name?.O ?? ''].flat().join(', ')
}

/** RFC 6797: `max-age` of the first header; 0 takes the promise back, which is as good as none. */
function httpOf(answer: string): Pick<Met, 'speaksHttp' | 'hstsSeconds'> {
  if (!/^HTTP\/1\.[01] \d{3}/.test(answer)) return { speaksHttp: false, hstsSeconds: null }
  const header = /^strict-transport-security:(.*)$/im.exec(answer)?.[1]
  const age = /(?:^|;)\s*max-age\s*=\s*"?(\d+)"?/i.exec(header ?? '')?.[1]
  return { speaksHttp: true, hstsSeconds: age === undefined ? null : Number(age) }
}
