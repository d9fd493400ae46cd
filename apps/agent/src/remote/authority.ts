import { hash, type X509Certificate } from 'node:crypto'
import { connect } from 'node:tls'
import { AgentError } from '../errors.ts'

/** Who the server is in TLS, whatever address it is reached by. */
export const serverName = 'agents.hevd.internal'

const longestConnect = 20_000

/**
 * The authority (PEM) that the server at `server` shows, when its public key is the one that `pin` is the SHA-256 of.
 * Nothing is sent; that the server holds a key of that authority is found when it is spoken to. Throws AgentError
 * `wrong-authority` and `server-unreachable`.
 */
export async function pinnedAuthority(server: string, pin: Buffer): Promise<string> {
  const { hostname, port } = new URL(server)
  const socket = connect({
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port || 443),
    servername: serverName,
    minVersion: 'TLSv1.3',
    // The chain is held against the pin below; the request that follows trusts what is pinned alone.
    rejectUnauthorized: false,
    timeout: longestConnect,
  })
  try {
    const shown = await new Promise<X509Certificate | undefined>((done, fail) => {
      socket.once('secureConnect', () => done(socket.getPeerX509Certificate()?.issuerCertificate))
      socket.once('timeout', () => fail(new Error('ETIMEDOUT')))
      socket.once('error', fail)
    })
    const known = shown?.publicKey.export({ type: 'spki', format: 'der' })
    if (shown === undefined || known === undefined || !hash('sha256', known, 'buffer').equals(pin))
      throw new AgentError('wrong-authority', { server })
    return shown.toString()
  } catch (error) {
    if (error instanceof AgentError) throw error
    throw new AgentError('server-unreachable', { server, reason: reasonOf(error) })
  } finally {
    socket.destroy()
  }
}

/** What went wrong with a connection, in a word: `ECONNREFUSED`, a certificate's fault. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message
}
