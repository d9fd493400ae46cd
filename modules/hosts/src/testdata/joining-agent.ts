import { generateKeyPairSync, hash, type KeyObject, sign, X509Certificate } from 'node:crypto'
import type { Joining, Renewing } from '../contract.ts'
import { joinStatement, renewalStatement } from '../domain/possession.ts'

/** A host's agent as far as the server sees it: a key, and what it asks for with that. */
export type JoiningAgent = {
  readonly key: KeyObject
  joining(token: string, as?: Partial<Pick<Joining, 'host' | 'name'>>): Joining
  renewing(fingerprint: Buffer): Renewing
}

export function joiningAgent(): JoiningAgent {
  const { privateKey: key, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const spki = publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
  const signed = (statement: Buffer) => sign('sha256', statement, key).toString('base64')
  return {
    key,
    joining(token, { host = 'web-1', name = 'web' } = {}) {
      const said = { token, publicKey: spki, host, name }
      return { ...said, signature: signed(joinStatement(said)) }
    },
    renewing: (fingerprint) => ({
      publicKey: spki,
      signature: signed(renewalStatement(spki, fingerprint.toString('hex'))),
    }),
  }
}

export function fingerprintOf(pem: string): Buffer {
  return hash('sha256', new X509Certificate(pem).raw, 'buffer')
}
