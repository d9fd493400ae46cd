import { hash } from 'node:crypto'
import { type TLSSocket, Server as TlsServer } from 'node:tls'
import { type Duration, milliseconds } from '@hevd/core'
import type { App } from '@hevd/http'
import type { Authority } from '../authority/authority.ts'

/** The listener's own certificate is made anew every day, with months to spare. */
const serverLife: Duration = 'P90D'
const renewedEvery: Duration = 'P1D'

/** Key and certificate for the agents' listener from now on. */
export function serverCertificate(
  authority: Authority,
  now: number,
): Promise<{ readonly key: string; readonly cert: string }> {
  return authority.issueServer({ from: now, until: now + milliseconds(serverLife) })
}

/** Ends the connections of what was revoked, and keeps the listener's own certificate young; undone by what it gives. */
export function watchListener(
  app: App,
  authority: Authority,
  now: () => number,
): { drop(fingerprints: readonly Buffer[]): void; stop(): void } {
  const connections = new Map<string, Set<TLSSocket>>()
  const opened = (socket: TLSSocket) => {
    const certificate = socket.getPeerX509Certificate()
    if (certificate === undefined) return
    const name = hash('sha256', certificate.raw)
    const all = connections.get(name) ?? new Set()
    connections.set(name, all.add(socket))
    socket.once('close', () => {
      all.delete(socket)
      if (all.size === 0) connections.delete(name)
    })
  }
  app.server.on('secureConnection', opened)
  const renewing = setInterval(() => {
    void renewListener(app, authority, now())
  }, milliseconds(renewedEvery))
  renewing.unref()
  return {
    drop(fingerprints) {
      for (const fingerprint of fingerprints)
        for (const socket of connections.get(fingerprint.toString('hex')) ?? []) endAfterAnswer(socket)
    },
    stop() {
      clearInterval(renewing)
      app.server.off('secureConnection', opened)
    },
  }
}

/** The answer that is being written, that of `leave` or of the very request that found it revoked, gets out first. */
function endAfterAnswer(socket: TLSSocket): void {
  setTimeout(() => socket.destroy(), answerTime).unref()
}
const answerTime = 500

/** New connections meet a new certificate; those that are open stay. */
export async function renewListener(app: App, authority: Authority, now: number): Promise<void> {
  if (!(app.server instanceof TlsServer)) return
  const { key, cert } = await serverCertificate(authority, now)
  app.server.setSecureContext({ key, cert, ca: authority.pem, minVersion: 'TLSv1.3' })
}
