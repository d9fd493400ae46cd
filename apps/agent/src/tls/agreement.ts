import { connect } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { clientHello, type HelloAnswer, readAnswer, type WireVersion, wireVersions } from './hello.ts'
import { weakSuites } from './weak-suites.ts'

/** A TLS server as a client is given it: a name or an address, and a port. */
export type Endpoint = { readonly host: string; readonly port: number }

export type Agreement = 'agreed' | 'refused' | 'no-answer'
export const patience = 5000

/** Whether the server agrees to a version, asked for it alone. Versions before 1.3 are asked for with every suite. */
export async function agreesTo(endpoint: Endpoint, version: WireVersion | 'TLSv1.3'): Promise<Agreement> {
  if (version === 'TLSv1.3') return agreesToNewest(endpoint)
  const answer = await answerTo(endpoint, clientHello(version, allSuites, endpoint.host))
  if (answer.kind === 'nothing') return 'no-answer'
  return answer.kind === 'chose' && answer.version === wireVersions[version] ? 'agreed' : 'refused'
}

/** Suites of current libraries: ECDHE, DHE and RSA with AES in GCM, CCM and CBC, ChaCha20, Camellia; and the weak ones. */
const usualSuites = [
  0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0xccaa, 0xc009, 0xc013, 0xc00a, 0xc014, 0xc023, 0xc027,
  0xc024, 0xc028, 0x009e, 0x009f, 0x0033, 0x0039, 0x0067, 0x006b, 0x009c, 0x009d, 0x002f, 0x0035, 0x003c,
  0x003d, 0xc0ac, 0xc0ad, 0xc09c, 0xc09d, 0x0041, 0x0084, 0x0045, 0x0088, 0x0032, 0x0038, 0x00a2, 0x00a3,
]
const allSuites = [...usualSuites, ...weakSuites.keys()]

/** Weak suites that the server agrees to in one version: asked again without each that it chose, until it refuses. */
export async function weakSuitesOf(
  endpoint: Endpoint,
  version: WireVersion,
): Promise<readonly string[] | null> {
  const left = new Set(weakSuites.keys())
  const agreed: string[] = []
  while (left.size > 0) {
    const answer = await answerTo(endpoint, clientHello(version, [...left], endpoint.host))
    if (answer.kind === 'nothing') return null
    if (answer.kind === 'refused' || !left.delete(answer.suite)) break
    agreed.push(weakSuites.get(answer.suite) ?? '')
  }
  return agreed
}

function answerTo({ host, port }: Endpoint, hello: Buffer): Promise<HelloAnswer> {
  return new Promise((done) => {
    const socket = connect({ host, port })
    let heard: Buffer = Buffer.alloc(0)
    let open = false
    const settle = (answer: HelloAnswer) => {
      clearTimeout(timer)
      socket.destroy()
      done(answer)
    }
    const timer = setTimeout(() => settle({ kind: 'nothing' }), patience)
    socket.once('connect', () => {
      open = true
      socket.write(hello)
    })
    socket.on('data', (chunk: Buffer) => {
      heard = Buffer.concat([heard, chunk])
      const answer = readAnswer(heard, false)
      if (answer.kind !== 'nothing') settle(answer)
    })
    socket.on('error', () => {})
    socket.on('close', () => settle(open ? readAnswer(heard, true) : { kind: 'nothing' }))
  })
}

function agreesToNewest({ host, port }: Endpoint): Promise<Agreement> {
  return new Promise((done) => {
    const socket = connectTls({
      host,
      port,
      ...serverName(host),
      rejectUnauthorized: false,
      minVersion: 'TLSv1.3',
      maxVersion: 'TLSv1.3',
    })
    const settle = (answer: Agreement) => {
      clearTimeout(timer)
      socket.destroy()
      done(answer)
    }
    const timer = setTimeout(() => settle('no-answer'), patience)
    let open = false
    socket.once('connect', () => {
      open = true
    })
    socket.once('secureConnect', () => settle('agreed'))
    socket.on('error', () => settle(open ? 'refused' : 'no-answer'))
    socket.on('close', () => settle(open ? 'refused' : 'no-answer'))
  })
}

/** SNI is for names alone (RFC 6066 section 3). */
export function serverName(host: string): { readonly servername?: string } {
  return /^[0-9.]+$|:/.test(host) ? {} : { servername: host }
}
